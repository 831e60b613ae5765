package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostState;

/** With figures that others have published as fixtures of the arithmetic. */
class ShareTest {
    /** Published figures are rounded to a hundredth of a percent. */
    private static final Offset<Double> ROUNDING = within(0.00005);

    @Test
    void isOfTheKnownWithCoverageAndBoundsBeside() {
        Share share = new Share(60, 80, 100);

        assertThat(share.value()).isEqualTo(0.75);
        assertThat(share.coverage()).isEqualTo(0.80);
        assertThat(share.lowerBound()).isEqualTo(0.60);
        assertThat(share.upperBound()).isEqualTo(0.80);
    }

    @Test
    void ofNothingIsNoNumber() {
        assertThat(new Share(0, 0, 0).value()).isNaN();
        assertThat(new Share(0, 0, 0).coverage()).isNaN();
        assertThat(new Share(0, 0, 5).value()).isNaN();
        assertThat(new Share(0, 0, 5).upperBound()).isEqualTo(1);
        assertThat(new Share(0, 0, 0).isPublishable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, 5, 9", "6, 5, 9", "2, 10, 9"})
    void refusesCountsThatCannotBe(long yes, long known, long eligible) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Share(yes, known, eligible));
    }

    @ParameterizedTest
    @CsvSource({"20, 20, true", "19, 19, false", "70, 100, true", "69, 100, false", "20, 28, true", "20, 29, false"})
    void isPublishedFromTwentyDomainsAndSeventyPercentCoverage(long known, long eligible, boolean publishable) {
        assertThat(new Share(0, known, eligible).isPublishable()).isEqualTo(publishable);
    }

    @Property
    void theTruthLiesWithinTheBounds(
            @ForAll @LongRange(max = 1000) long yes,
            @ForAll @LongRange(max = 1000) long no,
            @ForAll @LongRange(max = 1000) long unknownYes,
            @ForAll @LongRange(max = 1000) long unknownNo) {
        Share share = new Share(yes, yes + no, yes + no + unknownYes + unknownNo);
        if (share.eligible() > 0) {
            double truth = (double) (yes + unknownYes) / share.eligible();
            assertThat(share.lowerBound()).isLessThanOrEqualTo(truth);
            assertThat(share.upperBound()).isGreaterThanOrEqualTo(truth);
        }
    }

    /** 2010, .no domains: 67 % none, 17 % some, 16 % all. Here one hundred of them, through judge and counts. */
    @Test
    void theThreeGroupsOf2010() {
        List<DomainVerdict> verdicts = new ArrayList<>();
        verdicts.addAll(Collections.nCopies(67, judge(Outcome.NOT_OFFERED, Outcome.NOT_OFFERED)));
        verdicts.addAll(Collections.nCopies(17, judge(Outcome.NOT_OFFERED, Outcome.TLS_OK)));
        verdicts.addAll(Collections.nCopies(16, judge(Outcome.TLS_OK, Outcome.TLS_OK)));

        Counts counts = verdicts.stream().map(Counts::of).reduce(Counts.ZERO, Counts::plus);

        assertThat(share(counts, Metric.ADOPTION_NONE).value()).isEqualTo(0.67);
        assertThat(share(counts, Metric.ADOPTION_SOME).value()).isEqualTo(0.17);
        assertThat(share(counts, Metric.ADOPTION_ALL).value()).isEqualTo(0.16);
        assertThat(share(counts, Metric.ADOPTION_ALL).coverage()).isEqualTo(1);
    }

    /** About 2015, 106 MX hosts of 73 Italian government domains: 31 yes, 64 no, 11 could not be asked. */
    @Test
    void theMxHostsOfTheItalianGovernment() {
        List<HostState> states = new ArrayList<>();
        states.addAll(Collections.nCopies(31, state(Outcome.TLS_OK)));
        states.addAll(Collections.nCopies(64, state(Outcome.NOT_OFFERED)));
        states.addAll(Collections.nCopies(11, state(Outcome.UNREACHABLE)));

        Share share = new Share(
                Collections.frequency(states, HostState.YES),
                states.stream().filter(HostState::isDeterminate).count(),
                states.size());

        assertThat(share).isEqualTo(new Share(31, 95, 106));
        assertThat(share.value()).isCloseTo(0.3263, ROUNDING);
        assertThat(share.coverage()).isCloseTo(0.8962, ROUNDING);
        assertThat(share.lowerBound()).isCloseTo(0.2925, ROUNDING);
        assertThat(share.upperBound()).isCloseTo(0.3962, ROUNDING);
    }

    /** February 2023: 3,684,357 of 21,002,701 signed domains with DANE are 17.54 %. */
    @Test
    void daneAmongSignedDomains() {
        assertThat(new Share(3_684_357, 21_002_701, 21_002_701).value()).isCloseTo(0.1754, ROUNDING);
    }

    /** January 2026: 965 of 367,190 MX hosts with a post-quantum key exchange are 0.26 %. */
    @Test
    void postQuantumAmongMxHosts() {
        assertThat(new Share(965, 367_190, 367_190).value()).isCloseTo(0.0026, ROUNDING);
    }

    private static Share share(Counts counts, Metric yes) {
        long known =
                counts.get(Metric.ADOPTION_NONE) + counts.get(Metric.ADOPTION_SOME) + counts.get(Metric.ADOPTION_ALL);
        return new Share(counts.get(yes), known, counts.get(Metric.ELIGIBLE));
    }

    private static DomainVerdict judge(Outcome first, Outcome second) {
        return DomainJudge.judge(Facts.observation(
                Facts.host("a.example.no", 10, Facts.endpoint(first)),
                Facts.host("b.example.no", 20, Facts.endpoint(second))));
    }

    private static HostState state(Outcome outcome) {
        return HostState.of(List.of(Facts.endpoint(outcome)));
    }
}
