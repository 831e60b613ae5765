package org.mailpulse.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.Warehouse;

/** One engine for all tests of the module; each takes a database of its own. */
final class SharedEngine {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private SharedEngine() {}

    private static final class Holder {
        static final ClickHouseEngine ENGINE = start();
    }

    /** A warehouse with tables and no rows. */
    static Warehouse empty() throws Exception {
        String url = Holder.ENGINE.jdbcUrl();
        Warehouse warehouse =
                Warehouse.at(url.substring(0, url.lastIndexOf('/')) + "/test_" + DATABASES.incrementAndGet());
        Migrations.apply(warehouse);
        return warehouse;
    }

    private static ClickHouseEngine start() {
        try {
            Path folder = Files.createTempDirectory("site-test-");
            ClickHouseEngine engine = ClickHouseEngine.start(EngineSettings.in(folder));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                engine.close();
                delete(folder);
            }));
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
