package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;

/** What holds for every verdict, whatever the facts. */
class DomainJudgePropertiesTest {
    @Property
    void theStatesOfTheMxHostsAddUp(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);

        assertThat(verdict.mxHosts()).isEqualTo(seen.mxHosts().size());
        assertThat(verdict.mxYes() + verdict.mxNo() + verdict.mxMixed() + verdict.mxUnknown())
                .isEqualTo(verdict.mxHosts());
        assertThat(List.of(verdict.mxYes(), verdict.mxNo(), verdict.mxMixed(), verdict.mxUnknown()))
                .allMatch(count -> count >= 0);
    }

    @Property
    void adoptionAndLevelTellTheSameStory(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);

        if (!verdict.isEligible()) {
            assertThat(verdict.adoption()).isNull();
            assertThat(verdict.preferredAdoption()).isNull();
            assertThat(verdict.level()).isNull();
            return;
        }
        assertThat(verdict.preferredAdoption()).isNotNull();
        switch (verdict.adoption()) {
            case NONE -> assertThat(verdict.level()).isEqualTo(Level.PLAINTEXT);
            case SOME -> assertThat(verdict.level()).isEqualTo(Level.PARTIAL);
            case ALL -> assertThat(verdict.level().atLeast(Level.OPPORTUNISTIC)).isTrue();
            case UNKNOWN -> assertThat(verdict.level()).isEqualTo(Level.UNKNOWN);
        }
    }

    @Property
    void strictMeansAllAndNothingUnknown(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);

        assertThat(verdict.allStrict())
                .isEqualTo(verdict.adoption() == Adoption.ALL && verdict.mxYes() == verdict.mxHosts());
    }

    @Property
    void enforcedRestsOnDaneOrMtaSts(@ForAll("observations") Observation seen) {
        DomainVerdict verdict = DomainJudge.judge(seen);

        boolean insisted = verdict.dane() == DaneState.VALID || verdict.mtaSts() == MtaStsState.ENFORCE;
        assertThat(verdict.level() == Level.ENFORCED).isEqualTo(verdict.adoption() == Adoption.ALL && insisted);
        assertThat(verdict.enforcementBroken())
                .isEqualTo(verdict.dane() == DaneState.BROKEN || verdict.mtaSts() == MtaStsState.BROKEN);
    }

    @Property
    void anUnreachableHostMoreChangesNoAnswer(@ForAll("observations") Observation seen) {
        DomainVerdict before = DomainJudge.judge(seen);
        List<MxHostObservation> more = new ArrayList<>(seen.mxHosts());
        more.add(Facts.host("unreachable.example.no", 65535, Facts.endpoint(Outcome.UNREACHABLE)));

        DomainVerdict after = DomainJudge.judge(with(seen, more));

        if (before.status() == DomainStatus.OK) {
            assertThat(after.adoption()).isEqualTo(before.adoption());
            assertThat(after.certificateClass()).isEqualTo(before.certificateClass());
            assertThat(after.tlsVersion()).isEqualTo(before.tlsVersion());
            assertThat(after.dane()).isEqualTo(before.dane());
        }
    }

    @Property
    void theOrderOfTheMxHostsMakesNoDifference(@ForAll("observations") Observation seen, @ForAll long seed) {
        List<MxHostObservation> shuffled = new ArrayList<>(seen.mxHosts());
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(DomainJudge.judge(with(seen, shuffled))).isEqualTo(DomainJudge.judge(seen));
    }

    @Provide
    Arbitrary<Observation> observations() {
        return AnyObservation.arbitrary();
    }

    private static Observation with(Observation seen, List<MxHostObservation> hosts) {
        return new Observation(
                seen.schema(),
                seen.survey(),
                seen.vantage(),
                seen.seq(),
                seen.domain(),
                seen.populations(),
                seen.organisation(),
                seen.category(),
                seen.country(),
                seen.observedAt(),
                seen.dns(),
                seen.dnsDetail(),
                seen.mxSecure(),
                hosts,
                seen.mtaSts(),
                seen.tlsRpt());
    }
}
