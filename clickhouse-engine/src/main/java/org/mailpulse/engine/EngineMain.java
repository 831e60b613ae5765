package org.mailpulse.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.mailpulse.engine.chdb.ClickHouseError;
import org.mailpulse.engine.chdb.Engine;
import org.mailpulse.engine.http.EngineServer;

/**
 * The child process. It ends on SIGTERM, and when its standard input does: that is how it learns that its parent is gone,
 * however that happened.
 *
 * <p>Arguments: libchdb.so, data folder, port, memory in bytes. It tells its parent how it fares by one line on standard
 * output that begins with {@link #READY} (the port follows) or {@link #FAILED} (the reason follows).
 */
public final class EngineMain {
    static final String READY = "mailpulse-engine ready ";
    static final String FAILED = "mailpulse-engine failed ";

    static final String DATABASE = "mailpulse";

    /** A predecessor whose parent was killed needs about this long to leave the data folder. */
    private static final Duration PREDECESSOR = Duration.ofSeconds(20);

    /** How long the end in good order may take. */
    private static final Duration CLOSING = Duration.ofSeconds(10);

    private EngineMain() {}

    public static void main(String[] args) throws InterruptedException {
        var out = System.out;
        try {
            run(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2]), Long.parseLong(args[3]), out);
        } catch (IOException | ClickHouseError | RuntimeException | UnsatisfiedLinkError e) {
            say(out, FAILED + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Path library, Path folder, int port, long memory, PrintStream out)
            throws IOException, ClickHouseError, InterruptedException {
        var end = new CountDownLatch(1);
        watchParent(end);
        var lock = FolderLock.take(folder, "engine.lock", PREDECESSOR);
        var tables = Files.createDirectories(folder.resolve("tables"));
        var engine = Engine.start(library, tables, Map.of("max_server_memory_usage", String.valueOf(memory)));
        createDatabase(engine);
        var server = EngineServer.start(engine, port);
        endOnSignal(end);
        say(out, READY + server.port());
        end.await();
        server.close();
        engine.close();
        lock.close();
        Runtime.getRuntime().halt(0);
    }

    private static void createDatabase(Engine engine) throws ClickHouseError {
        try (var connection = engine.open()) {
            connection.execute("CREATE DATABASE IF NOT EXISTS " + DATABASE + " ENGINE = Atomic");
        }
    }

    /** The JVM ends when its hooks have, so this one must outlast the closing in good order, which ends in a halt. */
    private static void endOnSignal(CountDownLatch end) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            end.countDown();
                            try {
                                Thread.sleep(CLOSING.toMillis());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "signal"));
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }

    private static void watchParent(CountDownLatch end) {
        var watcher = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        // A broken pipe tells the same as a closed one.
                    }
                    end.countDown();
                },
                "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }
}
