package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Method;

/** Verdicts as the judge makes them, and what is reported of their providers. */
@Timeout(60)
class ProviderSizesTest {
    private Warehouse warehouse;
    private ProviderSizes sizes;

    @BeforeEach
    void emptySchema() throws Exception {
        warehouse = SharedEngine.empty();
        sizes = new ProviderSizes(warehouse);
    }

    @Test
    void providersAreListedBySizeWithKindAndExample() throws Exception {
        write(Method.V2);

        assertThat(sizes.largest("2026-11", "oslo", 10))
                .extracting(ProviderSize::provider, ProviderSize::kind, ProviderSize::domains, ProviderSize::example)
                .containsExactly(
                        tuple("google", "MAILBOX", 3L, "a.no"),
                        tuple("hoster.com", "", 2L, "d.no"),
                        tuple("evilgoogle.com", "", 1L, "g.no"),
                        tuple("proofpoint", "GATEWAY", 1L, "f.no"),
                        tuple("self-hosted", "", 1L, "h.no"));
        assertThat(sizes.largest("2026-11", "oslo", 1)).hasSize(1);
    }

    @Test
    void theUnmatchedAreThoseWithoutARuleThatDoNotRunTheirMailThemselves() throws Exception {
        write(Method.V2);

        assertThat(sizes.domains("2026-11", "oslo")).isEqualTo(8);
        assertThat(sizes.unmatchedDomains("2026-11", "oslo")).isEqualTo(3);
        List<ProviderSize> unmatched = sizes.unmatched("2026-11", "oslo", 10);

        assertThat(unmatched).extracting(ProviderSize::provider).containsExactly("hoster.com", "evilgoogle.com");
        assertThat(unmatched.get(0).share()).isCloseTo(2 / 8.0, within(1e-9));
        assertThat(unmatched.get(1).share()).isCloseTo(1 / 8.0, within(1e-9));
    }

    @Test
    void theNewestMethodHoldsAndTheFirstHasNoRulesToMatch() throws Exception {
        write(Method.V1);
        assertThat(sizes.method("2026-11", "oslo")).isEqualTo(1);
        assertThat(sizes.unmatched("2026-11", "oslo", 10)).isEmpty();
        assertThat(sizes.largest("2026-11", "oslo", 1).get(0).provider()).isEqualTo("google.com");

        write(Method.V2);
        assertThat(sizes.method("2026-11", "oslo")).isEqualTo(2);
        assertThat(sizes.unmatched("2026-11", "oslo", 10)).hasSize(2);
        assertThat(sizes.largest("2026-11", "oslo", 1).get(0).provider()).isEqualTo("google");
    }

    @Test
    void ofASurveyThatIsNotThereNothingIsKnown() throws Exception {
        write(Method.V2);

        assertThat(sizes.largest("1999-01", "oslo", 10)).isEmpty();
        assertThat(sizes.unmatched("2026-11", "bergen", 10)).isEmpty();
        assertThat(sizes.method("1999-01", "oslo")).isZero();
        assertThat(sizes.domains("1999-01", "oslo")).isZero();
    }

    private void write(Method method) throws Exception {
        try (var verdicts = VerdictTable.writer(warehouse);
                var rollups = RollupTable.writer(warehouse)) {
            for (Observation seen : List.of(
                    domain("c.no", "aspmx.l.google.com"),
                    domain("a.no", "aspmx.l.google.com"),
                    domain("b.no", "mx.b.no", "mx.google.com"),
                    domain("d.no", "mx1.hoster.com"),
                    domain("e.no", "mx2.hoster.com"),
                    domain("f.no", "mx0a-1.pphosted.com"),
                    domain("g.no", "mx.evilgoogle.com"),
                    domain("h.no", "mx.h.no"),
                    Observation.of(
                            target("i.no"), "oslo", Samples.SEEN, MailDns.NULL_MX, null, null, null, null, null))) {
                DomainVerdict verdict = DomainJudge.judge(seen, method);
                verdicts.add(verdict);
                for (RollupKey cell : RollupKey.cellsOf("2026-11", "oslo", VerdictDigest.of(verdict))) {
                    rollups.add(new RollupRow(cell, Counts.of(verdict), 1));
                }
            }
        }
    }

    private static Observation domain(String domain, String mxHost) {
        return domain(domain, mxHost, null);
    }

    private static Observation domain(String domain, String mxHost, String ehloName) {
        EndpointObservation endpoint = new EndpointObservation(
                "192.0.2.1", Outcome.NOT_OFFERED, null, Samples.SEEN, null, null, null, ehloName, null);
        MxHostObservation host = new MxHostObservation(mxHost, 10, AddressStatus.FOUND, null, List.of(endpoint));
        return Observation.of(target(domain), "oslo", Samples.SEEN, MailDns.MX, null, null, List.of(host), null, null);
    }

    private static Target target(String domain) {
        return Target.of("2026-11", 0, domain, List.of());
    }
}
