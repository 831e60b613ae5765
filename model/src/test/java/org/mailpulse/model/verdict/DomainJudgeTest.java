package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Facts.Certificate;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsVersion;

class DomainJudgeTest {
    @Test
    void theVerdictSaysWhoseItIs() {
        Observation seen = Facts.of("mail.example.co.uk", Facts.host(Outcome.TLS_OK));
        DomainVerdict verdict = DomainJudge.judge(seen);

        assertThat(verdict.survey()).isEqualTo(Facts.SURVEY);
        assertThat(verdict.vantage()).isEqualTo(Facts.VANTAGE);
        assertThat(verdict.seq()).isEqualTo(7);
        assertThat(verdict.domain()).isEqualTo("mail.example.co.uk");
        assertThat(verdict.tld()).isEqualTo("uk");
        assertThat(verdict.suffix()).isEqualTo("co.uk");
        assertThat(verdict.populations()).containsExactly("gov", "top");
        assertThat(verdict.organisation()).isEqualTo("Ministry of Tests");
        assertThat(verdict.category()).isEqualTo("ministry");
        assertThat(verdict.country()).isEqualTo("no");
        assertThat(verdict.observedAt()).isEqualTo(Facts.PROBED_AT);
        assertThat(verdict.methodVersion()).isEqualTo(Schema.METHOD).isEqualTo(2);
    }

    @Test
    void theTlsVersionIsTheLowestOfAllHandshakes() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(
                Facts.host("a.example.no", 1, tls(TlsVersion.TLS_1_3, KeyExchange.ECDHE)),
                Facts.host(
                        "b.example.no",
                        2,
                        tls(TlsVersion.TLS_1_3, KeyExchange.HYBRID_PQ),
                        tls(TlsVersion.TLS_1_0, KeyExchange.DHE))));

        assertThat(verdict.tlsVersion()).isEqualTo(TlsVersion.TLS_1_0);
        assertThat(verdict.keyExchange()).isEqualTo(KeyExchange.DHE);
    }

    @Test
    void oneKeyExchangeThatWasNotMeasuredLeavesTheAnswerOpen() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(
                Facts.host("a.example.no", 1, tls(TlsVersion.TLS_1_3, KeyExchange.HYBRID_PQ)),
                Facts.host("b.example.no", 2, tls(null, null))));

        assertThat(verdict.keyExchange()).isEqualTo(KeyExchange.NOT_MEASURED);
        assertThat(verdict.tlsVersion()).isEqualTo(TlsVersion.TLS_1_3);
    }

    @Test
    void withoutAHandshakeThereAreNoFactsOfTls() {
        DomainVerdict verdict =
                DomainJudge.judge(Facts.observation(Facts.host(Outcome.NOT_OFFERED, Outcome.TLS_FAILED)));

        assertThat(verdict.tlsVersion()).isNull();
        assertThat(verdict.keyExchange()).isNull();
        assertThat(verdict.certificateClass()).isNull();
    }

    @Test
    void theCertificateClassIsTheFirstInPrecedenceOfAllHosts() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(
                Facts.host("a.example.no", 1, Facts.secure(Facts.certificate())),
                Facts.host(
                        "b.example.no",
                        2,
                        Facts.secure(new Certificate().key("RSA", 1024).facts())),
                Facts.host(
                        "c.example.no",
                        3,
                        Facts.secure(new Certificate().selfSigned().facts()),
                        Facts.secure(new Certificate().expired().facts()))));

        assertThat(verdict.certificateClass()).isEqualTo(CertificateClass.EXPIRED);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_OBSERVED, , NOT_OBSERVED",
        "ERROR, SERVFAIL, SERVFAIL",
        "ERROR, , MX_LOOKUP_FAILED",
        "NXDOMAIN, , ''"
    })
    void theReasonOfAStatusIsWhatDnsSaid(MailDns dns, String detail, String reason) {
        assertThat(DomainJudge.judge(Facts.observation(dns, detail)).reason()).isEqualTo(reason);
    }

    @Test
    void theReasonOfADnsErrorAtTheMxHostsSaysSo() {
        MxHostObservation failed = Facts.withoutAddress("mx.example.no", AddressStatus.ERROR);
        assertThat(DomainJudge.judge(Facts.observation(failed)).reason()).isEqualTo("MX_HOST_LOOKUP_FAILED");
    }

    @Test
    void theReasonOfAnUnknownNamesWhyEachEndpointIsUnknownOnceInOrder() {
        MxHostObservation first =
                Facts.host("a.example.no", 1, unreachable(Reason.CONNECT_TIMEOUT), unreachable(Reason.CONNECT_REFUSED));
        MxHostObservation second = Facts.host("b.example.no", 2, unreachable(Reason.CONNECT_TIMEOUT));
        MxHostObservation gone = Facts.withoutAddress("gone.example.no", AddressStatus.NXDOMAIN);

        assertThat(DomainJudge.judge(Facts.observation(first, second, gone)).reason())
                .isEqualTo("CONNECT_REFUSED CONNECT_TIMEOUT MX_HOST_NXDOMAIN");
    }

    @Test
    void theReasonOfADeterminateDomainIsEmpty() {
        assertThat(DomainJudge.judge(Facts.observation(Facts.host(Outcome.NOT_OFFERED)))
                        .reason())
                .isEmpty();
    }

    @Test
    void anEndpointWithoutATimeOfProbeHasNoCertificateClass() {
        EndpointObservation timeless = new EndpointObservation(
                "192.0.2.1", Outcome.TLS_OK, Reason.NONE, null, Facts.TLS_1_3, Facts.certificate(), null, null, null);
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(Facts.host("mx.example.no", 1, timeless)));

        assertThat(verdict.certificateClass()).isNull();
        assertThat(verdict.level()).isEqualTo(Level.OPPORTUNISTIC);
    }

    @Test
    void oneServerThatIsStuckMakesTheDomainLegacyOnlyWhateverIsNotKnownOfTheOthers() {
        assertThat(legacyOnly(failed(true), Facts.endpoint(Outcome.TLS_OK), failed(null)))
                .isTrue();
    }

    @Test
    void thatNoServerIsStuckTakesKnowingAllThatOfferStarttls() {
        assertThat(legacyOnly(Facts.endpoint(Outcome.TLS_OK), Facts.endpoint(Outcome.TLS_OK)))
                .isFalse();
        assertThat(legacyOnly(Facts.endpoint(Outcome.TLS_OK), failed(null))).isNull();
    }

    @Test
    void aServerWithoutStarttlsOrAnAnswerSaysNothingAboutTheAgeOfTls() {
        assertThat(legacyOnly(Facts.endpoint(Outcome.TLS_OK), Facts.endpoint(Outcome.NOT_OFFERED)))
                .isFalse();
        assertThat(legacyOnly(failed(true), unreachable(Reason.CONNECT_TIMEOUT)))
                .isTrue();
        assertThat(legacyOnly(Facts.endpoint(Outcome.NOT_OFFERED))).isNull();
        assertThat(legacyOnly(unreachable(Reason.CONNECT_TIMEOUT))).isNull();
        assertThat(legacyOnly()).isNull();
    }

    @Test
    void recordsOlderThanTheQuestionLeaveItOpen() {
        EndpointObservation older = new EndpointObservation(
                "192.0.2.1", Outcome.TLS_OK, Reason.NONE, Facts.PROBED_AT, Facts.TLS_1_3, null, null, null, null);

        assertThat(legacyOnly(older)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_MEASURED, NOT_MEASURED",
        "ERROR, NOT_MEASURED",
        "ABSENT, NONE",
        "PRESENT, PRESENT",
        "MALFORMED, MALFORMED"
    })
    void aRecordThatCouldNotBeLookedUpIsNotAMissingOne(TlsRptFinding.State found, TlsRptState judged) {
        Observation seen = Facts.reporting(
                Facts.observation(Facts.host(Outcome.TLS_OK)), new TlsRptFinding(found, List.of("mailto:a@b.example")));

        assertThat(DomainJudge.judge(seen).tlsRpt()).isEqualTo(judged);
    }

    @Test
    void theDomainWithNoHostListedIsWithoutAddress() {
        assertThat(DomainJudge.judge(Facts.observation()).status()).isEqualTo(DomainStatus.NO_ADDRESS);
    }

    /** Each at a host of its own. */
    private static Boolean legacyOnly(EndpointObservation... endpoints) {
        MxHostObservation[] hosts = Stream.of(endpoints)
                .map(endpoint -> Facts.host("mx.example.no", 10, endpoint))
                .toArray(MxHostObservation[]::new);
        return DomainJudge.judge(Facts.observation(hosts)).legacyOnly();
    }

    private static EndpointObservation failed(Boolean legacyOnly) {
        return new EndpointObservation(
                "192.0.2.1",
                Outcome.TLS_FAILED,
                Reason.HANDSHAKE_ALERT,
                Facts.PROBED_AT,
                null,
                null,
                null,
                null,
                legacyOnly);
    }

    private static EndpointObservation tls(TlsVersion version, KeyExchange keyExchange) {
        return Facts.secure(new TlsFacts(version, "cipher", null, keyExchange, null), Facts.certificate(), null);
    }

    private static EndpointObservation unreachable(Reason reason) {
        return new EndpointObservation(
                "192.0.2.1", Outcome.UNREACHABLE, reason, Facts.PROBED_AT, null, null, null, null, null);
    }
}
