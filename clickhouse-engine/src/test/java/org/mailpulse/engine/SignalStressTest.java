package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mailpulse.engine.chdb.Engine;

/**
 * The JVM finds null pointers, deep stacks and divisions by zero by signals, and stops its threads for the collector by
 * another. With the engine inside the same process, all of that must go on working.
 */
class SignalStressTest {
    private static final int ROUNDS = 150;

    @TempDir
    Path folder;

    @Test
    @Timeout(90)
    void nullPointersDeepStacksAndCollectionsLiveBesideQueries() throws Exception {
        var work = Files.createDirectories(folder.resolve("work"));
        var arguments = List.of(
                EngineLibrary.find().toString(), folder.resolve("tables").toString());
        var output = folder.resolve("output");
        var process = ChildCommand.of(work, Stress.class.getName(), arguments)
                .redirectOutput(output.toFile())
                .start();

        boolean ended = process.waitFor(80, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended).as("it hangs").isTrue();
        assertThat(Files.readString(output)).endsWith("all " + ROUNDS + " rounds survived\n");
        assertThat(process.exitValue()).isZero();
    }

    /** What runs in the JVM under test. */
    static final class Stress {
        private static volatile String nothing;
        private static volatile int zero;
        private static volatile boolean over;

        public static void main(String[] args) throws Exception {
            var engine = Engine.start(Path.of(args[0]), Files.createDirectories(Path.of(args[1])), Map.of());
            var querying = List.of(new Thread(() -> query(engine)), new Thread(() -> query(engine)));
            querying.forEach(Thread::start);
            for (int round = 0; round < ROUNDS; round++) {
                trapMany();
                System.gc();
            }
            over = true;
            for (var thread : querying) {
                thread.join();
            }
            engine.close();
            System.out.println("all " + ROUNDS + " rounds survived");
            Runtime.getRuntime().halt(0);
        }

        private static void query(Engine engine) {
            var sql = "SELECT sum(sipHash64(number)) FROM numbers(200000)".getBytes(StandardCharsets.UTF_8);
            while (!over) {
                try (var connection = engine.open()) {
                    connection.query(sql, "TabSeparated", Map.of());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private static void trapMany() {
            int caught = 0;
            for (int i = 0; i < 1000; i++) {
                try {
                    caught += nothing.length();
                } catch (NullPointerException e) {
                    caught++;
                }
                try {
                    caught += i / zero;
                } catch (ArithmeticException e) {
                    caught++;
                }
            }
            try {
                caught += dive(0);
            } catch (StackOverflowError e) {
                caught++;
            }
            if (caught != 2001) {
                throw new IllegalStateException("caught " + caught);
            }
        }

        private static int dive(int depth) {
            return depth < 0 ? 0 : 1 + dive(depth + 1);
        }
    }
}
