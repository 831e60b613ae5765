package org.mailpulse.local.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailpulse.warehouse.ProviderSize;

class ProviderReportTest {
    private static final ProviderReport REPORT = new ProviderReport(
            "2026-11",
            "oslo",
            2,
            2_000,
            50,
            List.of(
                    new ProviderSize("google", "MAILBOX", 1_500, 0.75, "a.no"),
                    new ProviderSize("hoster.com", "", 40, 0.02, "b.no")),
            List.of(new ProviderSize("hoster.com", "", 40, 0.02, "b.no")));

    @Test
    void providersHaveTheirNameKindSizeAndAnExample() {
        assertThat(REPORT.text()).isEqualTo("""
                Survey 2026-11 from oslo: the mail of 2,000 domains, by method 2

                The largest providers
                  Google (google)  mailbox       1,500   75.0 %  e.g. a.no
                  hoster.com                        40    2.0 %  e.g. b.no

                The largest MX domains without a rule: 50 domains in all, 2.5 %
                  hoster.com                   40    2.0 %  e.g. b.no
                """);
    }

    @Test
    void theJsonSaysTheSame() throws Exception {
        JsonNode json = new ObjectMapper().readTree(REPORT.json());

        assertThat(json.get("unmatchedDomains").asLong()).isEqualTo(50);
        assertThat(json.get("largest").get(0).get("provider").asText()).isEqualTo("google");
        assertThat(json.get("unmatched").get(0).get("example").asText()).isEqualTo("b.no");
    }

    @Test
    void whatWasJudgedByTheFirstMethodIsNeitherMatchedNorUnmatched() {
        ProviderReport old = new ProviderReport("2026-11", "oslo", 1, 2_000, 0, REPORT.largest(), List.of());

        assertThat(old.text()).endsWith("Method 1 knows no rules: nothing is matched or unmatched.\n");
    }

    @Test
    void aSurveyWithoutAnyProviderHasNoShares() {
        assertThat(new ProviderReport("2026-11", "oslo", 2, 0, 0, List.of(), List.of()).text())
                .contains("0 domains in all, -\n  none");
    }

    @Test
    void aNameThatAStrangerChoseIsKeptFromTheTerminal() {
        ProviderSize hostile = new ProviderSize("\u001b[31mred.example%n%s", "", 1, 1, "x".repeat(300));

        String text = new ProviderReport("2026-11", "oslo", 2, 1, 1, List.of(), List.of(hostile)).text();

        assertThat(text).doesNotContain("\u001b").contains("red.example%n%s").contains("x…\n");
    }
}
