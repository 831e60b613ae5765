package org.mailpulse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.mailpulse.model.rollup.RollupKey.EVERYTHING;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.warehouse.Warehouse;

/** The server's manners, and which survey it shows. */
@Timeout(120)
class SiteServerTest {
    private static Warehouse warehouse;
    private static SiteServer site;
    private static Visitor visitor;

    @BeforeAll
    static void serveThreeSurveys() throws Exception {
        warehouse = SharedEngine.empty();
        Cells cells = new Cells(warehouse);
        cells.survey("2026-10", "oslo", 40, true);
        cells.survey("2026-11", "oslo", 60, true);
        cells.survey("2026-12", "oslo", 90, false);
        cells.survey("2026-11", "tromsø", 30, true);
        cells.cell("2026-10", "oslo", EVERYTHING, "no", "x.no", Cells.adoption(20, 0, 20, 0));
        cells.cell("2026-11", "oslo", EVERYTHING, "no", "x.no", Cells.adoption(10, 0, 50, 0));
        cells.cell("2026-12", "oslo", EVERYTHING, "no", "x.no", Cells.adoption(3, 0, 27, 0));
        for (int i = 0; i < 27; i++) {
            cells.cell(
                    "2026-11",
                    "tromsø",
                    EVERYTHING,
                    "t" + i,
                    "p" + i,
                    Cells.with(Cells.adoption(0, 0, 40 - i, 0), Metric.DANE_MEASURED, 40 - i));
        }
        site = SiteServer.start(warehouse, "127.0.0.1", 0);
        visitor = new Visitor(site);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void theNewestFinishedSurveyComesFirst() throws Exception {
        Document page = visitor.page("");

        assertThat(page.select(".kicker").text()).isEqualTo("Survey of November 2026, seen from oslo");
        assertThat(page.select(".notice")).isEmpty();
    }

    @Test
    void anUnfinishedSurveySaysSo() throws Exception {
        Document page = visitor.page("?survey=2026-12");

        assertThat(page.select(".notice").text()).startsWith("This survey is not finished.");
        assertThat(page.select("section:has(#accounting)").text())
                .contains("30 domains counted of 90 on the target list. 60 domains not counted yet.");
    }

    @Test
    void theHistoryHoldsTheSurveysOfTheVantagePoint() throws Exception {
        Document page = visitor.page("");

        assertThat(page.select("section:has(#history) tbody tr").stream()
                        .map(row -> row.selectFirst("th").text() + " "
                                + row.selectFirst("td.none .share").text()))
                .containsExactly("December 2026 (not finished) 10.0 %", "November 2026 16.7 %", "October 2026 50.0 %");
        assertThat(page.select("a[aria-current=page]").eachText()).containsExactly("November 2026");
    }

    @Test
    void aSingleSurveyHasNoHistory() throws Exception {
        assertThat(visitor.page("?vantage=" + Visitor.encoded("tromsø")).select("#history"))
                .isEmpty();
    }

    @Test
    void groupsBeyondTheLimitAreTakenTogether() throws Exception {
        Document page = visitor.page("?vantage=" + Visitor.encoded("tromsø"));

        for (String table : new String[] {"tlds", "providers"}) {
            Element last = page.select("section:has(#" + table + ") tbody tr").last();
            assertThat(page.select("section:has(#" + table + ") tbody tr")).hasSize(26);
            // The two smallest of 40, 39 … 14 domains.
            assertThat(last.text()).startsWith("all others").contains("known 29 of 29");
        }
    }

    @Test
    void enforcementThatWasMeasuredAndIsNowhereIsZero() throws Exception {
        Document page = visitor.page("?vantage=" + Visitor.encoded("tromsø"));

        assertThat(page.select("section:has(#ladder) tbody tr")
                        .first()
                        .select("td")
                        .last()
                        .text())
                .isEqualTo("0.0 % 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?survey=november | 400 | A survey is a month or day such as 2026-11, not “november”.",
                "?survey=2026-13 | 400 | A survey is a month or day such as 2026-11, not “2026-13”.",
                "?survey=2026-11&survey=2026-10 | 400 | The parameter “survey” is there twice.",
                "?order=size | 400 | There is no parameter “order”.",
                "?survey=2031-01 | 404 | There is no survey 2031-01.",
                "?survey=2026-10&vantage=here | 404 | There is no survey 2026-10 from “here”.",
                "?population=x | 404 | Survey 2026-11 from “oslo” has no list “x” with domains that take mail.",
                "favicon.ico | 404 | There is no such page.",
                "../../etc/passwd | 404 | There is no such page.",
            })
    void whatCannotBeAnsweredIsRefusedInOneLine(String path, int status, String line) throws Exception {
        HttpResponse<String> answer = visitor.get(path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Jsoup.parse(answer.body()).select(".lead").text()).isEqualTo(line);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW"})
    void onlyReadingIsAllowed(String method) throws Exception {
        HttpResponse<String> answer = visitor.ask(method, "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void headGivesTheHeadersOfGet() throws Exception {
        HttpResponse<String> get = visitor.get("");
        HttpResponse<String> head = visitor.ask("HEAD", "");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nowhere", "?order=size"})
    void everyAnswerBearsTheSecurityHeaders(String path) throws Exception {
        var headers = visitor.get(path).headers();

        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Content-Type")).contains("text/html; charset=utf-8");
    }

    @Test
    void anEmptyFieldOfTheFormIsNoQuestion() throws Exception {
        assertThat(visitor.get("?survey=&vantage=&population=").statusCode()).isEqualTo(200);
    }

    @Test
    void anEmptyWarehouseIsNoError() throws Exception {
        try (SiteServer empty = SiteServer.start(SharedEngine.empty(), "127.0.0.1", 0)) {
            HttpResponse<String> answer = new Visitor(empty).get("");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("No survey yet", "./mailpulse run");
        }
    }

    @Test
    void aSurveyWithoutCountsIsNoError() throws Exception {
        Warehouse bare = SharedEngine.empty();
        new Cells(bare).survey("2026-11", "oslo", 10, false);
        try (SiteServer early = SiteServer.start(bare, "127.0.0.1", 0)) {
            HttpResponse<String> answer = new Visitor(early).get("");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("Nothing has been counted yet", "not finished");
        }
    }

    @Test
    void countsThatDoNotAddUpLeaveThePageStanding() throws Exception {
        Warehouse odd = SharedEngine.empty();
        Cells cells = new Cells(odd);
        cells.survey("2026-11", "oslo", 100, true);
        cells.cell("no", "x.no", Cells.with(Cells.adoption(30, 30, 40, 0), Metric.ELIGIBLE, 50));
        cells.cell("com", "y.com", Cells.with(Cells.adoption(30, 30, 40, 500), Metric.LEVEL_PLAINTEXT, 9_000));
        try (SiteServer brave = SiteServer.start(odd, "127.0.0.1", 0)) {
            HttpResponse<String> answer = new Visitor(brave).get("");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("blank: the counts do not add up");
        }
    }

    @Test
    void withoutItsDatabaseThePageIsUnavailableForNow() throws Exception {
        int closed = freePort();
        Warehouse away = Warehouse.at("jdbc:clickhouse://127.0.0.1:" + closed + "/mailpulse");
        try (SiteServer lonely = SiteServer.start(away, "127.0.0.1", 0)) {
            HttpResponse<String> answer = new Visitor(lonely).get("");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(Jsoup.parse(answer.body()).select(".lead").text())
                    .isEqualTo("The database cannot be reached. Please try again in a moment.");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        }
    }

    @Test
    void aTakenPortIsNamedInOneLine() {
        int taken = URI.create(site.url()).getPort();

        assertThatIOException()
                .isThrownBy(() -> SiteServer.start(warehouse, "127.0.0.1", taken))
                .withMessageMatching("the page cannot be served at port " + taken
                        + " of 127\\.0\\.0\\.1: Address already in use.*; choose another port, or 0 for any");
    }

    @Test
    void aPortThatCannotBeIsNamedInOneLine() {
        assertThatIOException()
                .isThrownBy(() -> SiteServer.start(warehouse, "127.0.0.1", 70_000))
                .withMessage("the port of the page must be 0 to 65535, not 70000");
    }

    @Test
    void aClosedServerFreesItsPort() throws Exception {
        SiteServer first = SiteServer.start(warehouse, "127.0.0.1", 0);
        int port = URI.create(first.url()).getPort();
        first.close();

        try (SiteServer second = SiteServer.start(warehouse, "127.0.0.1", port)) {
            assertThat(new Visitor(second).get("").statusCode()).isEqualTo(200);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
