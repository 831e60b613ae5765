package org.mailpulse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.rollup.RollupKey.EVERYTHING;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.warehouse.Warehouse;

/** A real browser shows the page, and complains about nothing: neither style nor picture is held back by the policy. */
@Timeout(120)
class BrowserTest {
    @Test
    void aBrowserShowsThePageWithoutAComplaint() throws Exception {
        String browser = browser();
        Warehouse warehouse = SharedEngine.empty();
        Cells cells = new Cells(warehouse);
        cells.survey("2026-11", "oslo", 100, true);
        cells.cell(
                "2026-11",
                "oslo",
                EVERYTHING,
                "no",
                "<script>document.title='x'</script>",
                Cells.adoption(20, 30, 50, 0));
        try (SiteServer site = SiteServer.start(warehouse, "127.0.0.1", 0)) {
            Document page = shown(browser, site.url());

            assertThat(page.title()).isEqualTo("November 2026 · Mail Pulse");
            assertThat(page.select(".figure").eachText()).containsExactly("20.0 %", "30.0 %", "50.0 %");
        }
    }

    /** The page as it stands in the browser after loading. */
    private Document shown(String browser, String url) throws Exception {
        // Not a @TempDir: children of the browser may still write to it when the test is over.
        Path folder = Files.createTempDirectory(Path.of("target"), "browser-").toAbsolutePath();
        Path dom = folder.resolve("dom.html");
        Path complaints = folder.resolve("stderr.txt");
        Process process = new ProcessBuilder(List.of(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--enable-logging=stderr",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--dump-dom",
                        url))
                .redirectOutput(dom.toFile())
                .redirectError(complaints.toFile())
                .start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("the browser ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        // What the browser says of its own pages, e.g. where there is no network, is not about ours.
        assertThat(Files.readAllLines(complaints))
                .noneMatch(line -> line.contains("CONSOLE") && !line.contains("chrome://"));
        return Jsoup.parse(Files.readString(dom));
    }

    /** Without one the test ends here and says so; under continuous integration it fails. */
    private static String browser() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            String missing = "the program 'chromium' is not installed; deploy/install-test-servers.sh installs it";
            assertThat(Boolean.parseBoolean(System.getenv("CI"))).as(missing).isFalse();
            System.err.println("SKIPPED: " + missing);
            Assumptions.abort(missing);
        }
        return found.orElseThrow().toString();
    }
}
