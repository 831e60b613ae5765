package org.mailpulse.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ClickHouse engine running in a child process, reachable over ClickHouse's HTTP interface on the loopback.
 *
 * <p>If the child dies it is started again on the same port over the same data; what was acknowledged is there again. Clients
 * see refused connections for about a second, and must repeat what was not acknowledged. If it keeps dying, it is given up, and
 * {@link #failure()} says why. When this process ends, by whatever death, so does the child.
 */
public final class ClickHouseEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClickHouseEngine.class);
    private static final Duration HEALTHY = Duration.ofSeconds(60);
    private static final int MAX_QUICK_DEATHS = 5;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);

    private final EngineSettings settings;
    private final FolderLock lock;
    private final EngineLog log;
    private final int port;
    private volatile EngineProcess child;
    private volatile boolean closing;
    private volatile String failure;

    private ClickHouseEngine(EngineSettings settings, FolderLock lock, EngineLog log, EngineProcess child) {
        this.settings = settings;
        this.lock = lock;
        this.log = log;
        this.child = child;
        this.port = child.port();
    }

    /**
     * Starts the engine and waits until it serves, usually 1 to 2 s.
     *
     * @throws EngineException if it cannot be started, or the data folder is in use
     */
    public static ClickHouseEngine start(EngineSettings settings) {
        var library = EngineLibrary.find();
        FolderLock lock = null;
        EngineLog log = null;
        try {
            Files.createDirectories(settings.dataDir());
            lock = FolderLock.take(settings.dataDir().resolve("owner.lock"));
            log = new EngineLog(settings.dataDir().resolve("engine.log"));
            var child = EngineProcess.start(settings, library, settings.port(), log);
            var engine = new ClickHouseEngine(settings, lock, log, child);
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

    /** For the official driver; database {@code mailpulse} exists. */
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

    /** The child's process number; another one after a restart. */
    public long pid() {
        return child.pid();
    }

    /** Why the engine was given up; null while it runs or is being restarted. */
    public String failure() {
        return failure;
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
                if (closing) {
                    return;
                }
                quickDeaths = System.nanoTime() - started < HEALTHY.toNanos() ? quickDeaths + 1 : 1;
                LOG.warn("the ClickHouse engine died with code {}; starting it again", code);
                if (quickDeaths > MAX_QUICK_DEATHS) {
                    giveUp("it died " + quickDeaths + " times in short order, last with code " + code);
                    return;
                }
                Thread.sleep(FIRST_BACK_OFF.toMillis() << quickDeaths - 1);
                started = System.nanoTime();
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A start that fails leaves the dead child in place, whose end is seen at once and counted. */
    private synchronized void restart() {
        if (closing) {
            return;
        }
        try {
            child = EngineProcess.start(settings, EngineLibrary.find(), port, log);
        } catch (EngineException e) {
            LOG.warn(e.getMessage());
        }
    }

    private void giveUp(String why) {
        failure = "the ClickHouse engine was given up: " + why + "; see "
                + settings.dataDir().resolve("engine.log");
        LOG.error(failure);
    }

    /** Ends the child in good order, at most 15 s, and frees the data folder. */
    @Override
    public synchronized void close() {
        if (closing) {
            return;
        }
        closing = true;
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
