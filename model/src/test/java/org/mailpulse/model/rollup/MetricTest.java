package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.rollup.Metric.*;

import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;

class MetricTest {
    @Test
    void aProtectedDomainIsCountedWhereItBelongs() {
        Counts counts = counts(Facts.observation(Facts.host(Outcome.TLS_OK)));

        assertThat(Stream.of(Metric.values()).filter(metric -> counts.get(metric) == 1))
                .containsExactly(
                        DOMAINS,
                        ELIGIBLE,
                        ADOPTION_ALL,
                        ALL_STRICT,
                        PREFERRED_ALL,
                        LEVEL_AUTHENTICABLE,
                        CERTIFICATE_VALID,
                        TLS_1_3,
                        KEY_EXCHANGE_HYBRID_PQ,
                        FORWARD_SECRECY,
                        LEGACY_MEASURED);
    }

    @Test
    void aDomainWithoutMailIsCountedByItsStatusAlone() {
        Counts counts = counts(Facts.observation(MailDns.NULL_MX, null));

        assertThat(Stream.of(Metric.values()).filter(metric -> counts.get(metric) == 1))
                .containsExactly(DOMAINS, STATUS_NULL_MX);
    }

    @Test
    void aDomainNobodyAnsweredForIsEligibleAndUnknown() {
        Counts counts = counts(Facts.observation(MailDns.NOT_OBSERVED, null));

        assertThat(Stream.of(Metric.values()).filter(metric -> counts.get(metric) == 1))
                .containsExactly(DOMAINS, ELIGIBLE, STATUS_DNS_ERROR, ADOPTION_UNKNOWN, PREFERRED_UNKNOWN);
    }

    @Test
    void theColumnIsTheNameInLowerCase() {
        assertThat(ADOPTION_ALL.column()).isEqualTo("adoption_all");
        assertThat(TLS_1_3.column()).isEqualTo("tls_1_3");
    }

    /** Counts are stored by position: what stands here must never move, new metrics go behind. */
    @Test
    void theOrderOfTheFirstMethodVersionIsKept() {
        assertThat(Arrays.stream(Metric.values()).limit(48).map(Enum::name).reduce("", (all, name) -> all + " " + name))
                .isEqualTo(" DOMAINS ELIGIBLE IMPLICIT_MX STATUS_DNS_ERROR STATUS_NXDOMAIN STATUS_NULL_MX"
                        + " STATUS_NO_ADDRESS STATUS_LOCAL_ONLY ADOPTION_NONE ADOPTION_SOME ADOPTION_ALL"
                        + " ADOPTION_UNKNOWN ALL_STRICT PREFERRED_NONE PREFERRED_SOME PREFERRED_ALL LEVEL_PLAINTEXT"
                        + " LEVEL_PARTIAL LEVEL_OPPORTUNISTIC LEVEL_AUTHENTICABLE LEVEL_ENFORCED CERTIFICATE_VALID"
                        + " CERTIFICATE_EXPIRED CERTIFICATE_NOT_YET_VALID CERTIFICATE_SELF_SIGNED"
                        + " CERTIFICATE_UNTRUSTED CERTIFICATE_NAME_MISMATCH CERTIFICATE_PLACEHOLDER"
                        + " CERTIFICATE_WEAK_KEY CERTIFICATE_WEAK_SIGNATURE TLS_SSL_3 TLS_1_0 TLS_1_1 TLS_1_2 TLS_1_3"
                        + " KEY_EXCHANGE_RSA KEY_EXCHANGE_DHE KEY_EXCHANGE_ECDHE KEY_EXCHANGE_HYBRID_PQ DANE_MEASURED"
                        + " DANE_PARTIAL DANE_VALID DANE_BROKEN MTA_STS_MEASURED MTA_STS_TESTING MTA_STS_ENFORCE"
                        + " MTA_STS_BROKEN ENFORCEMENT_BROKEN");
    }

    @Property
    void everyDomainIsInJustOneGroupOfEachKind(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);
        Counts counts = Counts.of(verdict);
        long eligible = counts.get(ELIGIBLE);

        assertThat(counts.get(DOMAINS)).isEqualTo(1);
        assertThat(eligible + sum(counts, STATUS_NXDOMAIN, STATUS_NULL_MX, STATUS_NO_ADDRESS, STATUS_LOCAL_ONLY))
                .isEqualTo(1);
        assertThat(sum(counts, ADOPTION_NONE, ADOPTION_SOME, ADOPTION_ALL, ADOPTION_UNKNOWN))
                .isEqualTo(eligible);
        assertThat(sum(counts, LEVEL_PLAINTEXT, LEVEL_PARTIAL, LEVEL_OPPORTUNISTIC, LEVEL_AUTHENTICABLE, LEVEL_ENFORCED)
                        + counts.get(ADOPTION_UNKNOWN))
                .isEqualTo(eligible);
        assertThat(counts.get(LEVEL_PLAINTEXT)).isEqualTo(counts.get(ADOPTION_NONE));
        assertThat(counts.get(LEVEL_PARTIAL)).isEqualTo(counts.get(ADOPTION_SOME));
        assertThat(counts.get(ALL_STRICT)).isLessThanOrEqualTo(counts.get(ADOPTION_ALL));
        assertThat(counts.get(STATUS_DNS_ERROR)).isLessThanOrEqualTo(counts.get(ADOPTION_UNKNOWN));
        assertThat(sum(counts, PREFERRED_NONE, PREFERRED_SOME, PREFERRED_ALL, PREFERRED_UNKNOWN))
                .isEqualTo(eligible);
        assertThat(sum(counts, DANE_NONE, DANE_PARTIAL, DANE_VALID, DANE_BROKEN))
                .isEqualTo(counts.get(DANE_MEASURED));
        assertThat(sum(counts, MTA_STS_NONE, MTA_STS_DISABLED, MTA_STS_TESTING, MTA_STS_ENFORCE, MTA_STS_BROKEN))
                .isEqualTo(counts.get(MTA_STS_MEASURED));
        assertThat(counts.get(FORWARD_SECRECY))
                .isEqualTo(sum(counts, KEY_EXCHANGE_DHE, KEY_EXCHANGE_ECDHE, KEY_EXCHANGE_HYBRID_PQ));
        for (CertificateFlag flag : CertificateFlag.values()) {
            assertThat(counts.get(Metric.valueOf("CERTIFICATE_" + flag)))
                    .isLessThanOrEqualTo(counts.get(Metric.valueOf("FLAG_" + flag)));
        }
        assertThat(counts.get(LEGACY_ONLY)).isLessThanOrEqualTo(counts.get(LEGACY_MEASURED));
        assertThat(counts.get(LEGACY_MEASURED)).isLessThanOrEqualTo(eligible - counts.get(ADOPTION_UNKNOWN));
        assertThat(counts.get(TLS_RPT_PRESENT)).isLessThanOrEqualTo(counts.get(TLS_RPT_MEASURED));
        assertThat(sum(counts, range(CERTIFICATE_VALID, CERTIFICATE_WEAK_SIGNATURE)))
                .isLessThanOrEqualTo(eligible);
        assertThat(sum(counts, range(TLS_SSL_3, TLS_1_3))).isLessThanOrEqualTo(eligible);
        assertThat(counts.get(STATUS_DNS_ERROR)).isEqualTo(verdict.status() == DomainStatus.DNS_ERROR ? 1 : 0);
    }

    @Provide
    Arbitrary<Observation> observations() {
        return AnyObservation.arbitrary();
    }

    private static Counts counts(Observation seen) {
        return Counts.of(DomainJudge.judge(seen));
    }

    private static long sum(Counts counts, Metric... metrics) {
        return Stream.of(metrics).mapToLong(counts::get).sum();
    }

    private static Metric[] range(Metric first, Metric last) {
        return Arrays.copyOfRange(Metric.values(), first.ordinal(), last.ordinal() + 1);
    }
}
