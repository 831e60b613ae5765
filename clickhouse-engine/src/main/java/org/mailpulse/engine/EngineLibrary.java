package org.mailpulse.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds libchdb.so: where the environment variable {@value #VARIABLE} or the system property {@value #PROPERTY} says, else in
 * the cache that the build (fetch-engine.sh) fills.
 */
final class EngineLibrary {
    static final String VARIABLE = "MAILPULSE_ENGINE_LIB";
    static final String PROPERTY = "mailpulse.engine.lib";

    private EngineLibrary() {}

    static Path find() {
        var told = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        var library = told == null || told.isEmpty() ? inCache() : Path.of(told);
        if (!Files.isReadable(library)) {
            throw new EngineException("no ClickHouse engine at " + library + "; build again, or set " + VARIABLE);
        }
        return library.toAbsolutePath();
    }

    private static Path inCache() {
        return cache().resolve("mailpulse").resolve("engine").resolve(name()).resolve("libchdb.so");
    }

    private static Path cache() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        if (xdg != null && xdg.startsWith("/")) {
            return Path.of(xdg);
        }
        var home = System.getenv("HOME");
        return Path.of(home == null ? System.getProperty("user.home") : home, ".cache");
    }

    /** The build leaves the name of the engine's folder beside this class. */
    private static String name() {
        try (var in = EngineLibrary.class.getResourceAsStream("engine-name")) {
            if (in == null) {
                throw new EngineException("the build has left no engine-name; build again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new EngineException("cannot read engine-name: " + e.getMessage(), e);
        }
    }
}
