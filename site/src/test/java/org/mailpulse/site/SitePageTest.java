package org.mailpulse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.site.Cells.adoption;

import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.Schema;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.warehouse.Warehouse;

/** The figures on the page, against figures computed by hand. */
@Timeout(120)
class SitePageTest {
    private static SiteServer site;
    private static Document page;

    @BeforeAll
    static void serveOneSurvey() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        Cells cells = new Cells(warehouse);
        cells.survey("2026-11", "oslo", 500, true);
        cells.cell(
                "no",
                "proofpoint",
                Map.ofEntries(
                        Map.entry(Metric.DOMAINS, 100L),
                        Map.entry(Metric.ELIGIBLE, 100L),
                        Map.entry(Metric.IMPLICIT_MX, 7L),
                        Map.entry(Metric.ADOPTION_NONE, 10L),
                        Map.entry(Metric.ADOPTION_SOME, 20L),
                        Map.entry(Metric.ADOPTION_ALL, 70L),
                        Map.entry(Metric.LEVEL_PLAINTEXT, 10L),
                        Map.entry(Metric.LEVEL_PARTIAL, 20L),
                        Map.entry(Metric.LEVEL_OPPORTUNISTIC, 40L),
                        Map.entry(Metric.LEVEL_AUTHENTICABLE, 30L),
                        Map.entry(Metric.CERTIFICATE_VALID, 30L),
                        Map.entry(Metric.CERTIFICATE_EXPIRED, 60L),
                        Map.entry(Metric.TLS_1_3, 89L),
                        Map.entry(Metric.TLS_1_0, 1L)));
        cells.cell("no", "self-hosted", adoption(90, 30, 80, 10));
        cells.cell("com", "proofpoint", adoption(0, 0, 100, 4));
        cells.cell("com", "", Cells.with(adoption(0, 0, 0, 40), Metric.STATUS_DNS_ERROR, 40));
        cells.cell("museum", "tiny.museum", adoption(2, 1, 3, 0));
        cells.cell(
                "no",
                "",
                Map.of(
                        Metric.DOMAINS, 40L,
                        Metric.STATUS_NULL_MX, 25L,
                        Metric.STATUS_NXDOMAIN, 10L,
                        Metric.STATUS_NO_ADDRESS, 4L,
                        Metric.STATUS_LOCAL_ONLY, 1L));
        cells.cell("2026-11", "oslo", "ministries", "no", "self-hosted", adoption(5, 5, 15, 0));
        site = SiteServer.start(warehouse, "127.0.0.1", 0);
        page = new Visitor(site).page("");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void theHeadlineGivesNumeratorDenominatorUnknownAndCoverage() {
        assertThat(page.select(".headline .lead").text())
                .isEqualTo("Of 460 domains that take mail, 406 could be judged (coverage 88.3 %); 54 are unknown."
                        + " Of those judged, 102 offer working encryption (STARTTLS) at none of their mail servers"
                        + " (25.1 %), 51 at some (12.6 %) and 253 at all (62.3 %).");
    }

    @Test
    void eachShareOfTheHeadlineBearsItsBounds() {
        assertThat(page.select(".trio > div").eachText())
                .containsExactly(
                        "none 25.1 % 102 of 406 known domains No mail server offers working encryption."
                                + " Between 22.2 % and 33.9 %, whatever the unknown are.",
                        "some 12.6 % 51 of 406 known domains Some mail servers offer it, others don’t."
                                + " Between 11.1 % and 22.8 %, whatever the unknown are.",
                        "all 62.3 % 253 of 406 known domains Every mail server offers it."
                                + " Between 55.0 % and 66.7 %, whatever the unknown are.");
    }

    @Test
    void theBarOfTheHeadlineIsLaidEndToEnd() {
        assertThat(page.select(".big rect:not(.track)").stream()
                        .map(rect -> rect.className() + " " + rect.attr("x") + " " + rect.attr("width")))
                .containsExactly("none 0.00 25.12", "some 25.12 12.56", "all 37.68 62.32");
    }

    @Test
    void theLadderSaysWhatWasNotMeasured() {
        assertThat(numbers("ladder"))
                .containsExactly(
                        "Enforced: not measured",
                        "Authenticable: 7.4 % 30",
                        "Opportunistic: 54.9 % 223",
                        "Partial: 12.6 % 51",
                        "Plaintext: 25.1 % 102");
        assertThat(page.text()).contains("DANE and MTA-STS, by which senders are told to insist, were not looked at");
    }

    @Test
    void topLevelDomainsStandInOrderOfSizeAndStayBlankUnderTheRule() {
        assertThat(rows("tlds"))
                .containsExactly(
                        ".no | | none 33.3 % 100 | some 16.7 % 50 | all 50.0 % 150 | known 300 of 310 | coverage 96.8 %",
                        ".com | blank: coverage below 70 % | none 0 | some 0 | all 100 | known 100 of 144 | coverage 69.4 %",
                        ".museum | blank: fewer than 20 known domains | none 2 | some 1 | all 3 | known 6 of 6"
                                + " | coverage 100.0 %");
    }

    @Test
    void aBlankCellHasNoBar() {
        assertThat(page.select("section:has(#tlds) tbody tr").stream()
                        .map(row -> row.select("svg.bar").size()))
                .containsExactly(1, 0, 0);
    }

    @Test
    void providersAreShownByNameAndDomainsWithoutOneAreNamed() {
        assertThat(rows("providers"))
                .containsExactly(
                        "self-hosted | | none 45.0 % 90 | some 15.0 % 30 | all 40.0 % 80 | known 200 of 210"
                                + " | coverage 95.2 %",
                        "Proofpoint (filters or forwards) | | none 5.0 % 10 | some 10.0 % 20 | all 85.0 % 170 | known 200 of 204"
                                + " | coverage 98.0 %",
                        "could not be told | blank: fewer than 20 known domains | none 0 | some 0 | all 0 | known 0 of 40"
                                + " | coverage 0.0 %",
                        "tiny.museum | blank: fewer than 20 known domains | none 2 | some 1 | all 3 | known 6 of 6"
                                + " | coverage 100.0 %");
    }

    @Test
    void populationsLinkToPagesOfTheirOwn() throws Exception {
        assertThat(rows("populations"))
                .containsExactly("ministries | | none 20.0 % 5 | some 20.0 % 5 | all 60.0 % 15 | known 25 of 25"
                        + " | coverage 100.0 %");
        String link = page.select("section:has(#populations) tbody a").attr("href");

        Document other = new Visitor(site).page(link.substring(1));

        assertThat(other.select(".headline .lead").text())
                .startsWith("Of 25 domains that take mail, 25 could be judged");
        assertThat(other.select("select[name=population] option[selected]").text())
                .isEqualTo("ministries");
    }

    @Test
    void certificatesAndTlsVersionsAreSharesOfTheKnownDomains() {
        assertThat(numbers("certificates"))
                .contains("Valid: 7.4 % 30", "Expired: 14.8 % 60", "Weak key: 0.0 % 0", "None seen: 77.8 % 316");
        assertThat(numbers("tls"))
                .contains("TLS 1.3: 21.9 % 89", "TLS 1.2: 0.0 % 0", "TLS 1.0: 0.2 % 1", "None seen: 77.8 % 316");
    }

    @Test
    void everyDomainIsAccountedFor() {
        assertThat(page.select(".ledger > div").stream()
                        .map(row -> row.selectFirst("dt").text() + " "
                                + row.selectFirst("dd").text()))
                .containsExactly(
                        "Known 406",
                        "Unknown 54",
                        "Take no mail 40",
                        "No such domain 10",
                        "Takes no mail 25",
                        "No address 4",
                        "Local only 1");
        assertThat(page.select("section:has(#accounting)").text())
                .contains("500 domains counted of 500 on the target list. None is lost in silence.")
                .contains("of them 40 because DNS failed")
                .contains("7 of those that take mail name no mail server");
    }

    @Test
    void theSurveyIsDatedAndItsMethodNamed() {
        assertThat(page.select("section:has(#method)").text())
                .contains("Started 3 November 2026, 04:05 UTC")
                .contains("Finished 4 November 2026, 17:30 UTC")
                .contains("500 domains; 3 lines set aside")
                .contains("version " + Schema.METHOD);
        assertThat(page.text()).contains("Missing is never “no”.");
    }

    @Test
    void everyTableHasHeadersWithScope() {
        assertThat(page.select("table")).isNotEmpty().allSatisfy(table -> {
            assertThat(table.select("thead th[scope=col]")).isNotEmpty();
            assertThat(table.select("tbody tr"))
                    .allSatisfy(row -> assertThat(row.select("th[scope=row]")).hasSize(1));
        });
    }

    private static List<String> numbers(String id) {
        return page.select("section:has(#" + id + ") tbody tr").stream()
                .map(row -> row.selectFirst("th").ownText() + ": "
                        + row.select("td").last().text())
                .toList();
    }

    private static List<String> rows(String id) {
        return page.select("section:has(#" + id + ") tbody tr").stream()
                .map(row -> String.join(
                                " | ",
                                row.children().stream().map(Element::text).toList())
                        .replace("|  |", "| |"))
                .toList();
    }
}
