package org.mailpulse.engine;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line and environment of a JVM that can bear the engine's library inside it. */
final class ChildCommand {
    private ChildCommand() {}

    /**
     * @param work the child's working directory, also for its temporary files; must not hold a config.xml, which the engine
     *     would take for its own
     */
    static ProcessBuilder of(Path work, String mainClass, List<String> arguments) {
        var javaHome = Path.of(System.getProperty("java.home"));
        var command = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + work,
                "-Djna.tmpdir=" + work,
                // The child's log is its standard error; the parent's logging configuration is not meant for it.
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Djava.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %5$s%6$s%n",
                "-cp",
                absolute(System.getProperty("java.class.path")),
                mainClass));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
        // The JVM takes null checks and safepoints by signals; libjsig keeps its handlers in front of the engine's.
        builder.environment().merge("LD_PRELOAD", signalChaining(javaHome).toString(), (old, jsig) -> jsig + ":" + old);
        builder.environment().put("TZ", "UTC");
        return builder;
    }

    private static Path signalChaining(Path javaHome) {
        var library = javaHome.resolve("lib").resolve("libjsig.so");
        if (!Files.exists(library)) {
            throw new EngineException("no libjsig.so in " + javaHome + "; the ClickHouse engine needs a complete Java");
        }
        return library;
    }

    /** The child works in another folder, so relative entries would lead nowhere. */
    private static String absolute(String classPath) {
        var entries = new ArrayList<String>();
        for (var entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
