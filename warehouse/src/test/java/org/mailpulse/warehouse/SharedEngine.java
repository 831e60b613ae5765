package org.mailpulse.warehouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;

/** One engine for all tests of the module; each test class takes a database of its own. */
public final class SharedEngine {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private SharedEngine() {}

    private static final class Holder {
        static final ClickHouseEngine ENGINE = start();
    }

    /** A warehouse whose database does not exist yet. */
    public static Warehouse nothingYet() {
        String url = Holder.ENGINE.jdbcUrl();
        return Warehouse.at(url.substring(0, url.lastIndexOf('/')) + "/test_" + DATABASES.incrementAndGet());
    }

    /** A warehouse with an empty schema. */
    public static Warehouse empty() throws Exception {
        Warehouse warehouse = nothingYet();
        Migrations.apply(warehouse);
        return warehouse;
    }

    private static ClickHouseEngine start() {
        try {
            Path folder = Files.createTempDirectory("warehouse-test-");
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
