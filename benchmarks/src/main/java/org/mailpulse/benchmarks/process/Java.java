package org.mailpulse.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/** Starting Java as we were started. */
final class Java {
    private Java() {}

    /** @param options of the JVM */
    static List<String> command(List<String> options, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.add("-Xlog:jfr+startup=error"); // what a recorder says would be taken for the child's first word
        // e.g. -XX:StartFlightRecording=filename=/tmp/recordings/, a folder, to look into what is measured
        String more = System.getProperty("mailpulse.children.options", "");
        command.addAll(more.isBlank() ? List.of() : List.of(more.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
