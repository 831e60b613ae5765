package org.mailpulse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script that fills the cache, with an npm of a few bytes in place of the one that loads 180 MB. */
@Timeout(30)
class FetchEngineTest {
    private static final String INSTALLS = """
            #!/bin/sh
            echo called >>"$HOME/npm-calls"
            mkdir -p node_modules/@chdb/lib-linux-x64-gnu
            sleep 0.2
            echo engine >node_modules/@chdb/lib-linux-x64-gnu/libchdb.so
            """;
    private static final String FAILS = """
            #!/bin/sh
            echo "no network" >&2
            exit 1
            """;

    @TempDir
    Path home;

    private Path engines;

    @BeforeEach
    void noCache() throws IOException {
        engines = home.resolve(".cache/mailpulse/engine");
        Files.createDirectories(home.resolve("bin"));
    }

    private void npm(String script) throws IOException {
        var npm = Files.writeString(home.resolve("bin/npm"), script);
        assertThat(npm.toFile().setExecutable(true)).isTrue();
    }

    private Process fetch(String nameFile) throws IOException {
        var builder = new ProcessBuilder(
                        Path.of("fetch-engine.sh").toAbsolutePath().toString(),
                        home.resolve(nameFile).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("XDG_CACHE_HOME");
        builder.environment().put("HOME", home.toString());
        builder.environment().merge("PATH", home.resolve("bin").toString(), (old, bin) -> bin + ":" + old);
        return builder.start();
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Path onlyEngine() throws IOException {
        try (var folders = Files.list(engines)) {
            var all = folders.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void buildsSideBySideLeaveOneEngineThatAllName() throws Exception {
        npm(INSTALLS);

        var first = fetch("target/first");
        var second = fetch("target/second");
        assertThat(exit(first)).isZero();
        assertThat(exit(second)).isZero();

        var engine = onlyEngine();
        assertThat(engine.resolve("libchdb.so")).hasContent("engine");
        assertThat(home.resolve("target/first")).hasContent(engine.getFileName().toString());
        assertThat(home.resolve("target/second"))
                .hasContent(engine.getFileName().toString());
    }

    @Test
    void aFilledCacheNeedsNoNpm() throws Exception {
        npm(INSTALLS);
        assertThat(exit(fetch("first"))).isZero();
        npm(FAILS);

        assertThat(exit(fetch("second"))).isZero();

        assertThat(home.resolve("npm-calls")).hasContent("called");
        assertThat(home.resolve("second")).hasSameTextualContentAs(home.resolve("first"));
    }

    @Test
    void aFailedDownloadFailsTheBuildAndLeavesNothing() throws Exception {
        npm(FAILS);

        assertThat(exit(fetch("name"))).isNotZero();

        assertThat(engines).isEmptyDirectory();
        assertThat(home.resolve("name")).doesNotExist();
    }
}
