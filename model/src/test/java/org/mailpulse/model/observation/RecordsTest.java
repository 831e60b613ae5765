package org.mailpulse.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Facts;
import org.mailpulse.model.survey.Target;

class RecordsTest {
    private static final Target TARGET = Target.of("2026-11", 3, "example.no", List.of("gov"));

    @Test
    void anObservationTakesOverAllThatTheTargetSays() {
        Target target = new Target(1, "2026-11", 3, "example.no", List.of("gov"), "Org", "cat", "no");
        Observation seen = Observation.notObserved(target, "oslo", Instant.EPOCH);

        assertThat(seen.seq()).isEqualTo(3);
        assertThat(seen.domain()).isEqualTo("example.no");
        assertThat(seen.populations()).containsExactly("gov");
        assertThat(seen.organisation()).isEqualTo("Org");
        assertThat(seen.category()).isEqualTo("cat");
        assertThat(seen.country()).isEqualTo("no");
        assertThat(seen.dns()).isEqualTo(MailDns.NOT_OBSERVED);
        assertThat(seen.mxHosts()).isEmpty();
        assertThat(seen.mxSecure()).isEqualTo(DnssecState.NOT_MEASURED);
        assertThat(seen.mtaSts()).isEqualTo(MtaStsFinding.NOT_MEASURED);
    }

    @Test
    void anObservationNamesWhatItLacks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Observation.of(TARGET, "oslo", null, MailDns.MX, null, null, null, null, null))
                .withMessage("observation of 'example.no' lacks vantage, domain, observedAt or dns");
    }

    @Test
    void anEndpointHasAnOutcome() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EndpointObservation("192.0.2.1", null, null, null, null, null, null, null, null))
                .withMessage("endpoint 192.0.2.1 has no outcome");
    }

    @Test
    void aCertificateHasDates() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Facts.Certificate().validity(null, Instant.EPOCH).facts())
                .withMessage("certificate of 'CN=mx.example.no' lacks notBefore or notAfter");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Facts.Certificate().validity(Instant.EPOCH, null).facts());
    }

    @Test
    void aCertificateKeepsAFewOfItsNames() {
        List<String> names =
                IntStream.range(0, 300).mapToObj(i -> "n" + i + ".example").toList();
        CertificateFacts facts = new CertificateFacts(
                "", "", Instant.EPOCH, Instant.EPOCH, names, 300, "EC", 256, "", "", "", false, null, null);

        assertThat(facts.dnsNames()).hasSize(CertificateFacts.MAX_NAMES).startsWith("n0.example");
        assertThat(facts.dnsNameCount()).isEqualTo(300);
        assertThat(facts.trust()).isEqualTo(ChainTrust.UNTRUSTED);
        assertThat(facts.nameMatch()).isEqualTo(NameMatch.NONE);
    }

    @Test
    void theSummaryOfAHandshakeKeepsWhatVerdictsNeed() {
        EndpointObservation seen = Facts.secure(Facts.certificate());
        Handshake handshake = new Handshake(
                1,
                "2026-11",
                "oslo",
                "mx.example.no",
                seen.address(),
                seen.probedAt(),
                1,
                seen.outcome(),
                seen.reason(),
                null,
                "220 hello",
                null,
                null,
                null,
                false,
                seen.tls(),
                seen.certificate(),
                null,
                null,
                null,
                null,
                null,
                null);

        assertThat(handshake.summary()).isEqualTo(seen);
    }

    @Test
    void aSkippedEndpointWasNeverProbed() {
        Handshake skipped = Handshake.skipped("2026-11", "oslo", "mx.example.no", "10.0.0.1", Reason.BLOCKED_ADDRESS);

        assertThat(skipped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(skipped.probedAt()).isNull();
        assertThat(skipped.summary()).isEqualTo(EndpointObservation.skipped("10.0.0.1", Reason.BLOCKED_ADDRESS));
    }

    @Test
    void versionsOfTlsAreKnownByTheirPublishedNames() {
        assertThat(TlsVersion.ofLabel("TLSv1.2")).isEqualTo(TlsVersion.TLS_1_2);
        assertThat(TlsVersion.ofLabel("TLSv1.4")).isNull();
        assertThat(TlsVersion.ofLabel(null)).isNull();
        assertThat(TlsVersion.SSL_3).isLessThan(TlsVersion.TLS_1_0);
    }
}
