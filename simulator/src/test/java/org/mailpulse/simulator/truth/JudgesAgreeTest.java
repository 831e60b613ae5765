package org.mailpulse.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;

/** The methodology was written down twice; a faultless observation must lead both ways to the same verdict. */
class JudgesAgreeTest {
    private static final int DOMAINS = 3_000;
    private static final int SURVEYS = 3;
    private static final int ENOUGH = 5;

    @ParameterizedTest
    @EnumSource(Measured.class)
    void theJudgesReachTheTruth(Measured measured) {
        List<String> differences = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            World world = Worlds.of(seed, DOMAINS, SURVEYS, 0.3);
            for (int survey = 0; survey < SURVEYS; survey++) {
                compare(world, survey, measured, Vantage.neutral("here"), differences);
            }
            compare(world, SURVEYS - 1, measured, new Vantage("there", "probe.qs"), differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void compare(World world, int survey, Measured measured, Vantage vantage, List<String> differences) {
        FaithfulProber prober = new FaithfulProber(world, measured);
        Truth truth = new Truth(world, measured);
        for (int index = 0; index < DOMAINS; index++) {
            ExpectedVerdict expected = truth.of(index, survey, vantage);
            ExpectedVerdict judged = asExpected(DomainJudge.judge(prober.observe(index, survey, vantage)));
            if (!expected.equals(judged) && differences.size() < ENOUGH) {
                differences.add(world.domain(index).name() + ": expected " + expected + ", judged " + judged);
            }
        }
    }

    private static ExpectedVerdict asExpected(DomainVerdict verdict) {
        return new ExpectedVerdict(
                new ExpectedProvider(verdict.provider(), verdict.providerKind(), verdict.providerEvidence()),
                verdict.status(),
                verdict.adoption(),
                verdict.level(),
                verdict.mxHosts(),
                verdict.mxYes(),
                verdict.mxNo(),
                verdict.mxMixed(),
                verdict.mxUnknown(),
                verdict.tlsVersion(),
                verdict.keyExchange(),
                verdict.certificateClass(),
                verdict.dane(),
                verdict.mtaSts(),
                verdict.tlsRpt(),
                verdict.legacyOnly());
    }
}
