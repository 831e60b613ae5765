package org.mailpulse.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Starting Java as we were started. */
final class Java {
    private Java() {}

    static List<String> command(String heap, Class<?> main) {
        return new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                heap,
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    }
}
