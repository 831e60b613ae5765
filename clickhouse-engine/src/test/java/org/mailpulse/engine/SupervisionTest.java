package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deaths of the child and of the parent. */
@Timeout(120)
class SupervisionTest {
    private static final int BATCH = 500;

    @TempDir
    Path folder;

    private static void execute(ClickHouseEngine engine, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(engine.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(ClickHouseEngine engine, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(engine.jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private static void awaitEnd(long pid) throws Exception {
        var process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    @Test
    void killedWhileInsertingItComesBackOnItsPortWithEveryAcknowledgedBatch() throws Exception {
        try (var engine = ClickHouseEngine.start(EngineSettings.in(folder))) {
            execute(engine, "CREATE TABLE t (attempt UInt32, n UInt32) ENGINE = MergeTree ORDER BY (attempt, n)");
            var attempts = new AtomicInteger();
            var acknowledged = new ConcurrentSkipListSet<Integer>();
            var stop = new AtomicBoolean();
            var writer = Executors.newSingleThreadExecutor();
            var writing = writer.submit(() -> {
                while (!stop.get()) {
                    int attempt = attempts.incrementAndGet();
                    if (insert(engine, attempt)) {
                        acknowledged.add(attempt);
                    }
                }
            });
            int port = engine.port();
            for (int death = 0; death < 2; death++) {
                int so = acknowledged.size();
                await(() -> acknowledged.size() >= so + 3);
                kill(engine.pid());
                int then = acknowledged.size();
                await(() -> acknowledged.size() >= then + 1);
            }
            stop.set(true);
            writing.get();
            writer.shutdown();

            assertThat(engine.port()).isEqualTo(port);
            var stored = batches(engine);
            assertThat(stored.keySet()).containsAll(acknowledged);
            assertThat(stored.values()).containsOnly(BATCH);
            assertThat(value(engine, "CHECK TABLE t SETTINGS check_query_single_value_result = 1"))
                    .isEqualTo("1");
            assertThat(engine.failure()).isEmpty();
        }
    }

    private static boolean insert(ClickHouseEngine engine, int attempt) {
        try {
            execute(engine, "INSERT INTO t SELECT " + attempt + ", number FROM numbers(" + BATCH + ")");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static Map<Integer, Integer> batches(ClickHouseEngine engine) throws SQLException {
        var batches = new HashMap<Integer, Integer>();
        try (var connection = DriverManager.getConnection(engine.jdbcUrl());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT attempt, count() FROM t GROUP BY attempt")) {
            while (rows.next()) {
                batches.put(rows.getInt(1), rows.getInt(2));
            }
        }
        return batches;
    }

    @Test
    void aChildThatKeepsDyingIsGivenUpWithAReason() throws Exception {
        try (var engine = ClickHouseEngine.start(EngineSettings.in(folder))) {
            await(() -> {
                kill(engine.pid());
                return engine.failure().isPresent();
            });

            assertThat(engine.failure().orElseThrow())
                    .contains("died 6 times in short order")
                    .contains(folder.resolve("engine.log").toString())
                    .hasLineCount(1);
        }
    }

    @Test
    void closingEndsTheChildAndFreesTheFolderWithItsData() throws Exception {
        var home = folder.resolve("it's a `folder` %");
        long pid;
        int port;
        try (var engine = ClickHouseEngine.start(EngineSettings.in(home))) {
            execute(engine, "CREATE TABLE t (n UInt8) ENGINE = MergeTree ORDER BY n");
            execute(engine, "INSERT INTO t VALUES (7)");
            pid = engine.pid();
            port = engine.port();
        }
        assertThat(ProcessHandle.of(pid)).isEmpty();

        try (var engine = ClickHouseEngine.start(EngineSettings.in(home).withPort(port))) {
            assertThat(engine.port()).isEqualTo(port);
            assertThat(value(engine, "SELECT n FROM t")).isEqualTo("7");
        }
    }

    @Test
    void theSecondEngineOnAFolderIsRefusedInOneLineAndTheFirstGoesOn() throws Exception {
        try (var engine = ClickHouseEngine.start(EngineSettings.in(folder))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> ClickHouseEngine.start(EngineSettings.in(folder)))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("is in use by process "
                                + ProcessHandle.current().pid());
            }
            assertThat(value(engine, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aKilledParentTakesItsChildAlongAndLeavesTheFolderUsable() throws Exception {
        var parent = new Parent(folder);
        assertThatThrownBy(() -> ClickHouseEngine.start(EngineSettings.in(folder)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("is in use by process " + parent.process.pid());

        parent.process.destroyForcibly().waitFor();

        // At once, while the orphan is still on its way out.
        try (var engine = ClickHouseEngine.start(EngineSettings.in(folder))) {
            assertThat(value(engine, "SELECT 1")).isEqualTo("1");
            awaitEnd(parent.childPid);
        }
    }

    /** Another JVM that has started an engine. */
    private static final class Parent {
        final Process process;
        final long childPid;

        Parent(Path folder) throws Exception {
            var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            process = new ProcessBuilder(List.of(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            ParentMain.class.getName(),
                            folder.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var line = process.inputReader().readLine();
            assertThat(line).matches("\\d+");
            childPid = Long.parseLong(line);
        }
    }

    /** Starts an engine, prints its process number, and waits. */
    static final class ParentMain {
        public static void main(String[] args) throws InterruptedException {
            var engine = ClickHouseEngine.start(EngineSettings.in(Path.of(args[0])));
            System.out.println(engine.pid());
            Thread.sleep(Duration.ofMinutes(2).toMillis());
        }
    }

    @Test
    void whatCannotStartSaysWhyInOneLine() throws Exception {
        var noFolder = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> ClickHouseEngine.start(EngineSettings.in(noFolder)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(noFolder.toString())
                .message()
                .hasLineCount(1);

        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> ClickHouseEngine.start(
                            EngineSettings.in(folder.resolve("data")).withPort(taken.getLocalPort())))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
                    .message()
                    .hasLineCount(1);
        }
    }
}
