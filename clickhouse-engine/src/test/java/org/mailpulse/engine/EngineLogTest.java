package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineLogTest {
    @TempDir
    Path folder;

    @Test
    void aTalkativeChildFillsNoDisk() throws Exception {
        var file = folder.resolve("engine.log");
        try (var log = new EngineLog(file)) {
            for (int i = 0; i < 100_000; i++) {
                log.line("line " + i + " " + "x".repeat(90));
            }
        }

        assertThat(Files.readString(file)).endsWith("line 99999 " + "x".repeat(90) + "\n");
        try (var files = Files.list(folder)) {
            assertThat(files.mapToLong(f -> f.toFile().length()).sum()).isBetween(2_000_000L, 5_000_000L);
        }
    }
}
