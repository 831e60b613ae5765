package org.mailpulse.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static final Round SLOW = new Round(1_000, Duration.ofSeconds(3), Duration.ofSeconds(4));
    private static final Round FAST = new Round(1_000, Duration.ofSeconds(1), Duration.ofSeconds(2));

    @Test
    void aRoundComesBackAsItWasSaid() {
        assertThat(Round.parse(SLOW.text())).isEqualTo(SLOW);
    }

    @Test
    void theRateIsThatOfAllRoundsTogether() {
        Score score = Score.NONE.plus(SLOW, Duration.ofSeconds(1)).plus(FAST, Duration.ofSeconds(1));

        assertThat(score.total().perSecond()).isEqualTo(500);
        assertThat(score.best()).isEqualTo(1_000);
    }

    @Test
    void cpuIsMillisecondsForAThousandRecords() {
        Score score = Score.NONE.plus(FAST, Duration.ofMillis(500));

        assertThat(score.total().cpuMillisPerThousand()).isEqualTo(2_000);
        assertThat(score.othersMillisPerThousand()).isEqualTo(500);
    }

    @Test
    void aJobThatTakesThreeTimesAsLongHasAThirdOfThePeersRate() {
        Score peer = Score.NONE.plus(FAST, Duration.ZERO);

        assertThat(Score.NONE.plus(SLOW, Duration.ZERO).rateBeside(peer)).isEqualTo(1 / 3.0);
    }
}
