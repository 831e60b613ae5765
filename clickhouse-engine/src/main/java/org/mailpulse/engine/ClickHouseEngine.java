package org.mailpulse.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ClickHouse engine running in a child process, reachable over ClickHouse's HTTP interface on the loopback.
 *
 * <p>If the child dies it is started again on the same port over the same data, and all that was acknowledged is there.
 * Meanwhile, for about a second, clients see refused connections; they must repeat what was not acknowledged. A child that
 * keeps dying is given up, and {@link #failure()} says why. When this process ends, by whatever death, so does the child.
 *
 * <p>Safe for use by several threads.
 */
public final class ClickHouseEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseEngine.class);

    /** A child that lived this long was well; its death does not count with those before. */
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    private static final int MAX_QUICK_DEATHS = 5;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

    private final EngineSettings settings;
    private final FolderLock lock;
    private final EngineLog log;
    private final int port;
    private volatile EngineProcess child;
    private volatile String failure;
    private boolean closed;

    private ClickHouseEngine(EngineSettings settings, FolderLock lock, EngineLog log, EngineProcess child, int port) {
        this.settings = settings;
        this.lock = lock;
        this.log = log;
        this.child = child;
        this.port = port;
    }

    /**
     * Starts the engine and waits until it serves, usually 1 to 2 s.
     *
     * @throws EngineException if it cannot be started, or the data folder is in use
     */
    public static ClickHouseEngine start(EngineSettings settings) {
        FolderLock lock = null;
        EngineLog log = null;
        try {
            lock = FolderLock.take(settings.dataDir(), "owner.lock", Duration.ZERO);
            log = new EngineLog(settings.dataDir().resolve("engine.log"));
            var child = EngineProcess.launch(settings, settings.port(), log);
            int port = child.awaitReady(settings.startTimeout());
            var engine = new ClickHouseEngine(settings, lock, log, child, port);
            engine.supervise();
            return engine;
        } catch (IOException e) {
            release(lock, log);
            throw new EngineException("cannot start the ClickHouse engine: " + e.getMessage(), e);
        } catch (EngineException e) {
            release(lock, log);
            throw e;
        }
    }

    /** For the official driver; its database {@code mailpulse} exists. */
    public String jdbcUrl() {
        return "jdbc:clickhouse://127.0.0.1:" + port + "/" + EngineMain.DATABASE;
    }

    /** For curl and other HTTP clients. */
    public String httpUrl() {
        return "http://127.0.0.1:" + port + "/";
    }

    public int port() {
        return port;
    }

    /** The child's process number, which changes with a restart. */
    public long pid() {
        return child.pid();
    }

    /** Why the engine was given up; empty while it runs or is being restarted. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private void supervise() {
        var supervisor = new Thread(this::keepAlive, "clickhouse-engine-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void keepAlive() {
        int quickDeaths = 0;
        long started = System.nanoTime();
        try {
            while (true) {
                int code = child.awaitEnd();
                if (isClosed()) {
                    return;
                }
                quickDeaths = System.nanoTime() - started < HEALTHY.toNanos() ? quickDeaths + 1 : 1;
                if (quickDeaths > MAX_QUICK_DEATHS) {
                    giveUp("it died " + quickDeaths + " times in short order, last with code " + code);
                    return;
                }
                LOG.warn("the ClickHouse engine died with code {}; starting it again", code);
                Thread.sleep(FIRST_BACK_OFF.toMillis() << quickDeaths - 1);
                started = System.nanoTime();
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | EngineException e) {
            giveUp(e.getMessage());
        }
    }

    private void restart() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            child = EngineProcess.launch(settings, port, log);
        }
        try {
            child.awaitReady(settings.startTimeout());
            LOG.info("the ClickHouse engine is back as process {}", child.pid());
        } catch (EngineException e) {
            // The child has ended; the supervisor's next look counts it.
            LOG.warn(e.getMessage());
        }
    }

    private void giveUp(String why) {
        failure = "the ClickHouse engine was given up: " + why + "; see "
                + settings.dataDir().resolve("engine.log");
        LOG.error(failure);
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Ends the child in good order, usually within 2 s and at most 15 s, and frees the data folder. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        child.terminate();
        release(lock, log);
    }

    private static void release(FolderLock lock, EngineLog log) {
        try {
            if (log != null) {
                log.close();
            }
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot release the engine's folder: {}", e.getMessage());
        }
    }
}
