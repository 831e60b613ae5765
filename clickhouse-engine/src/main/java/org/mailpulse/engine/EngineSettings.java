package org.mailpulse.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How to run the engine.
 *
 * @param dataDir the engine's own folder: tables, log, pipes; made if missing. Relative to the working directory.
 * @param port loopback port of the HTTP interface, 0 … 65535; 0 takes a free one
 * @param maxMemoryBytes the engine refuses queries beyond this much memory in all; at least 256 MiB
 * @param startTimeout how long a start may take
 */
public record EngineSettings(Path dataDir, int port, long maxMemoryBytes, Duration startTimeout) {
    private static final long MIB = 1024L * 1024;
    private static final long LEAST_MEMORY = 256 * MIB;
    private static final long USUAL_MEMORY = 1536 * MIB;
    private static final Duration USUAL_START_TIMEOUT = Duration.ofSeconds(60);

    public EngineSettings {
        Objects.requireNonNull(dataDir, "dataDir");
        Objects.requireNonNull(startTimeout, "startTimeout");
        dataDir = dataDir.toAbsolutePath().normalize();
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (maxMemoryBytes < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "maxMemoryBytes must be at least " + LEAST_MEMORY + ", not " + maxMemoryBytes);
        }
        if (startTimeout.isNegative() || startTimeout.isZero()) {
            throw new IllegalArgumentException("startTimeout must be positive, not " + startTimeout);
        }
    }

    /** A free port and 1.5 GiB of memory. */
    public static EngineSettings in(Path dataDir) {
        return new EngineSettings(dataDir, 0, USUAL_MEMORY, USUAL_START_TIMEOUT);
    }

    public EngineSettings withPort(int newPort) {
        return new EngineSettings(dataDir, newPort, maxMemoryBytes, startTimeout);
    }

    public EngineSettings withMaxMemoryBytes(long newMaxMemoryBytes) {
        return new EngineSettings(dataDir, port, newMaxMemoryBytes, startTimeout);
    }
}
