package org.mailpulse.local.cluster;

import java.nio.file.Path;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;

/** The engine and its guardian in processes of their own, until they are killed. Arguments: folder, port. */
final class EngineMain {
    private static final long MEMORY = 768L << 20;

    private EngineMain() {}

    public static void main(String[] args) throws Exception {
        ClickHouseEngine.start(EngineSettings.in(Path.of(args[0]))
                .withPort(Integer.parseInt(args[1]))
                .withMaxMemoryBytes(MEMORY));
        Thread.currentThread().join();
    }
}
