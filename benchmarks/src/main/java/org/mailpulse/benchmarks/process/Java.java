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
        // e.g. -XX:StartFlightRecording=filename=/tmp/client-%p.jfr, to look into what is measured
        String more = System.getProperty("mailpulse.children.options", "");
        command.addAll(more.isBlank() ? List.of() : List.of(more.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
