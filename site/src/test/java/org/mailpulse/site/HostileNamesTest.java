package org.mailpulse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.rollup.RollupKey.EVERYTHING;
import static org.mailpulse.site.Visitor.encoded;

import java.net.http.HttpResponse;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.warehouse.Warehouse;

/** Names that strangers chose are shown as text, whatever they are. */
@Timeout(120)
class HostileNamesTest {
    private static final String TLD = "<script>alert('tld')</script>";
    private static final String PROVIDER = "\"><img src=x onerror=alert(1)>&amp;'";
    private static final String POPULATION = "a&b=c#\"'><svg onload=alert(2)>%00+?";
    private static final String VANTAGE = "'\"/><iframe srcdoc='<script>'>{{ view }}{% x %}";

    private static SiteServer site;
    private static Visitor visitor;

    @BeforeAll
    static void serveThem() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        Cells cells = new Cells(warehouse);
        cells.survey("2026-10", VANTAGE, 40, true);
        cells.survey("2026-11", VANTAGE, 40, true);
        cells.cell("2026-10", VANTAGE, EVERYTHING, "no", "x", Cells.adoption(10, 10, 20, 0));
        cells.cell("2026-11", VANTAGE, EVERYTHING, TLD, PROVIDER, Cells.adoption(10, 10, 20, 0));
        cells.cell("2026-11", VANTAGE, POPULATION, TLD, PROVIDER, Cells.adoption(10, 10, 20, 0));
        cells.cell("2026-11", VANTAGE, "\u202Etxt.exe\u0000\u0007", "no", "x\u2028y", Cells.adoption(1, 1, 20, 0));
        site = SiteServer.start(warehouse, "127.0.0.1", 0);
        visitor = new Visitor(site);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void namesFromTheDatabaseAreTextAndNothingElse() throws Exception {
        Document page = visitor.page("");

        assertHarmless(page);
        assertThat(page.select("section:has(#tlds) tbody th").text()).isEqualTo("." + TLD);
        assertThat(page.select("section:has(#providers) tbody th").text()).isEqualTo(PROVIDER);
        assertThat(page.select(".kicker bdi").text()).isEqualTo(VANTAGE);
        assertThat(page.select("input[name=vantage]").attr("value")).isEqualTo(VANTAGE);
    }

    @Test
    void aHostileNameInALinkLeadsToItsOwnPage() throws Exception {
        String link = visitor.page("")
                .select("section:has(#populations) tbody a:contains(a&b)")
                .attr("href");

        Document page = visitor.page(link.substring(1));

        assertHarmless(page);
        assertThat(page.select(".kicker bdi").eachText()).containsExactly(VANTAGE, POPULATION);
        assertThat(page.select("select[name=population] option[selected]").attr("value"))
                .isEqualTo(POPULATION);
    }

    @Test
    void charactersWithoutALookAreMadeVisible() throws Exception {
        assertThat(visitor.get("").body())
                .contains("\uFFFDtxt.exe\uFFFD\uFFFD</bdi>")
                .doesNotContain("\u202Etxt.exe\u0000</bdi>", "\u2028");
    }

    @ParameterizedTest
    @ValueSource(strings = {"survey", "vantage", "population", "<script>alert(3)</script>"})
    void whatIsAskedIsQuotedAsText(String parameter) throws Exception {
        HttpResponse<String> answer =
                visitor.get("?" + encoded(parameter) + "=" + encoded("<script>alert(4)</script>\"'&"));

        assertThat(answer.statusCode()).isIn(400, 404);
        assertHarmless(Jsoup.parse(answer.body()));
        assertThat(answer.body()).contains("&lt;script&gt;");
    }

    private static void assertHarmless(Document page) {
        assertThat(page.select("script, img, iframe, [onerror], [onload], [style], [srcdoc]"))
                .isEmpty();
    }
}
