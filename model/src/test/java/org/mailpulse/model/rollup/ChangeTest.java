package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailpulse.model.rollup.ComparisonTest.compared;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.rollup.Change.Kind;
import org.mailpulse.model.verdict.Level;

class ChangeTest {
    private static final VerdictDigest PARTIAL = Digests.at(Level.PARTIAL).digest();
    private static final VerdictDigest ENFORCED = Digests.at(Level.ENFORCED).digest();
    private static final VerdictDigest UNKNOWN = Digests.at(Level.UNKNOWN).digest();

    @Test
    void stepsUpAndDownAreTold() {
        assertThat(kinds(PARTIAL, ENFORCED)).containsExactly(Kind.CLIMBED);
        assertThat(kinds(ENFORCED, PARTIAL)).containsExactly(Kind.FELL);
        assertThat(kinds(PARTIAL, PARTIAL)).isEmpty();
    }

    @Test
    void nobodyClimbsOrFallsByBecomingKnownOrUnknown() {
        assertThat(kinds(UNKNOWN, ENFORCED)).isEmpty();
        assertThat(kinds(ENFORCED, UNKNOWN)).isEmpty();
    }

    @Test
    void whoComesAndWhoGoesIsToldWithTheReason() {
        assertThat(Stream.of(
                                compared(null, PARTIAL),
                                compared(Digests.notEligible(), PARTIAL),
                                compared(PARTIAL, null),
                                compared(PARTIAL, Digests.notEligible()))
                        .flatMap(one -> Change.of(one).stream()))
                .extracting(Change::kind, Change::detail)
                .containsExactly(
                        tuple(Kind.NEW, ""),
                        tuple(Kind.NEW, "NULL_MX"),
                        tuple(Kind.GONE, "NOT_ON_LIST"),
                        tuple(Kind.GONE, "NULL_MX"));
    }

    @Test
    void anotherProviderIsToldUnlessOneCouldNotBeTold() {
        VerdictDigest a = Digests.at(Level.PARTIAL).with("a.example").digest();
        VerdictDigest b = Digests.at(Level.PARTIAL).with("b.example").digest();
        VerdictDigest nobody = Digests.at(Level.PARTIAL).with("").digest();

        assertThat(Change.of(compared(a, b))).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.PROVIDER_CHANGED);
            assertThat(change.fromProvider()).isEqualTo("a.example");
            assertThat(change.provider()).isEqualTo("b.example");
        });
        assertThat(kinds(a, nobody)).isEmpty();
        assertThat(kinds(nobody, b)).isEmpty();
    }

    @Test
    void aCertificateThatEndsWithinTwoWeeksIsToldAlsoInTheFirstSurvey() {
        VerdictDigest soon = Digests.at(Level.PARTIAL)
                .ends(Digests.OBSERVED.plus(Change.EXPIRES_SOON).minusSeconds(1))
                .digest();
        VerdictDigest later = Digests.at(Level.PARTIAL)
                .ends(Digests.OBSERVED.plus(Change.EXPIRES_SOON))
                .digest();
        VerdictDigest over =
                Digests.at(Level.PARTIAL).ends(Digests.OBSERVED.minusSeconds(1)).digest();

        assertThat(Change.of(new Comparison("2026-11", null, "oslo", "a.no", null, soon)))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.kind()).isEqualTo(Kind.CERTIFICATE_EXPIRING);
                    assertThat(change.detail()).isEqualTo("2026-12-08T09:59:59Z");
                    assertThat(change.previous()).isEmpty();
                });
        assertThat(kinds(PARTIAL, later)).isEmpty();
        assertThat(kinds(PARTIAL, over)).isEmpty();
    }

    @Test
    void aCertificateExpiresOnce() {
        VerdictDigest expired = Digests.at(Level.PARTIAL)
                .counted(Metric.FLAG_EXPIRED)
                .ends(Digests.OBSERVED.minus(Duration.ofDays(1)))
                .digest();

        assertThat(kinds(PARTIAL, expired)).containsExactly(Kind.CERTIFICATE_EXPIRED);
        assertThat(kinds(expired, expired)).isEmpty();
        assertThat(kinds(null, expired)).containsExactly(Kind.NEW);
    }

    @Test
    void enforcementBreaksOnce() {
        VerdictDigest broken =
                Digests.at(Level.PARTIAL).counted(Metric.ENFORCEMENT_BROKEN).digest();

        assertThat(kinds(PARTIAL, broken)).containsExactly(Kind.ENFORCEMENT_BROKE);
        assertThat(kinds(broken, broken)).isEmpty();
    }

    @Test
    void inTheFirstSurveyNothingHasChanged() {
        assertThat(Change.of(new Comparison("2026-11", null, "oslo", "a.no", null, ENFORCED)))
                .isEmpty();
    }

    private static List<Kind> kinds(VerdictDigest before, VerdictDigest now) {
        return Change.of(compared(before, now)).stream().map(Change::kind).toList();
    }
}
