package org.mailpulse.benchmarks.process;

import java.util.ArrayList;
import java.util.List;

/** Starting Java as we were started. */
final class Java {
    private Java() {}

    /** @param heap e.g. {@code -Xmx512m} */
    static List<String> command(String heap, Class<?> main) {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElse("java"), heap, "-XX:+UseSerialGC"));
        // e.g. -XX:StartFlightRecording=filename=/tmp/client-%p.jfr, to look into what is measured
        String more = System.getProperty("mailpulse.children.options", "");
        command.addAll(more.isBlank() ? List.of() : List.of(more.split(" ")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }
}
