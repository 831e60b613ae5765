package org.mailpulse.local.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.local.ClassPaths;
import org.mailpulse.local.Main;

/** Command lines of small Java machines: about ten of them share one computer. */
record Java(Path temporary) {
    private static final Path LOGGING = Path.of("src", "test", "resources", "cluster", "logback.xml");

    /** What Flink's servers and its command line need beyond that which a job needs. */
    private static final String SERVER_LIBRARIES = "commons-(lang3|compress|io)-.*|snappy-java-.*|lz4-java-.*";

    /** What makes a server tell what it does. */
    private static final String LOGGING_LIBRARIES = "logback-(classic|core)-.*";

    /** As {@code ./mailpulse} does it. */
    List<String> mailpulse(String heap, List<String> arguments) {
        return command(heap, List.of(), ClassPaths.mailpulse(), Main.class, arguments);
    }

    /** A server of Flink, with the jars that its distribution brings, and none of ours. */
    List<String> flink(String heap, Class<?> main, List<String> arguments) {
        return command(heap, List.of(logged()), flink(SERVER_LIBRARIES + "|" + LOGGING_LIBRARIES), main, arguments);
    }

    /** Flink's command line, which says nothing but what it is asked. */
    List<String> flinkCommand(String heap, Class<?> main) {
        return command(heap, List.of(), flink(SERVER_LIBRARIES), main, List.of());
    }

    private static String flink(String libraries) {
        return ClassPaths.flink() + File.pathSeparator + ClassPaths.jars(libraries);
    }

    /** A main class of these tests. */
    List<String> test(String heap, Class<?> main, List<String> arguments) {
        return command(heap, List.of(logged()), System.getProperty("java.class.path"), main, arguments);
    }

    private List<String> command(
            String heap, List<String> options, String classPath, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:MaxDirectMemorySize=256m",
                "-XX:MaxMetaspaceSize=256m",
                "-XX:+UseSerialGC",
                // Most live for a minute: the second compiler would cost more than it brings.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String logged() {
        return "-Dlogback.configurationFile=" + LOGGING.toUri();
    }
}
