package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainJudge;

class RollupKeyTest {
    @Test
    void aDomainIsCountedOnceForEverythingAndOnceForEachPopulation() {
        Observation seen = Facts.of("shop.co.uk", Facts.host("mx.hoster.com", 1, Facts.endpoint(Outcome.TLS_OK)));

        assertThat(cellsOf(seen))
                .containsExactly(
                        cell("*", "uk", "co.uk", "hoster.com"),
                        cell("gov", "uk", "co.uk", "hoster.com"),
                        cell("top", "uk", "co.uk", "hoster.com"));
    }

    @Test
    void aDomainInNoPopulationIsCountedForEverything() {
        Target target = Target.of(Facts.SURVEY, 0, "example.no", List.of());
        Observation seen =
                Observation.of(target, Facts.VANTAGE, Facts.PROBED_AT, MailDns.NXDOMAIN, null, null, null, null, null);

        assertThat(cellsOf(seen)).containsExactly(cell("*", "no", "no", ""));
    }

    private static List<RollupKey> cellsOf(Observation seen) {
        return RollupKey.cellsOf(Facts.SURVEY, Facts.VANTAGE, VerdictDigest.of(DomainJudge.judge(seen)));
    }

    private static RollupKey cell(String population, String tld, String suffix, String provider) {
        return new RollupKey(Facts.SURVEY, Facts.VANTAGE, population, tld, suffix, provider, Schema.METHOD);
    }
}
