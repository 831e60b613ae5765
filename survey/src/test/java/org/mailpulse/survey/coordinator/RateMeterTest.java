package org.mailpulse.survey.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private final RateMeter meter = new RateMeter();

    @Test
    void oneSampleTellsNothing() {
        assertThat(meter.sample(seconds(5), 100)).isZero();
    }

    @Test
    void measuresBetweenSamples() {
        meter.sample(seconds(0), 100);
        assertThat(meter.sample(seconds(10), 400)).isEqualTo(30);
    }

    @Test
    void forgetsWhatIsOlderThanHalfAMinute() {
        meter.sample(seconds(0), 0);
        meter.sample(seconds(60), 1000);
        assertThat(meter.sample(seconds(70), 1020)).isEqualTo(2);
    }

    @Test
    void theRestTakesAsLongAsTheRateSays() {
        assertThat(RateMeter.eta(300, 30)).isEqualTo(Duration.ofSeconds(10));
        assertThat(RateMeter.eta(0, 0)).isZero();
        assertThat(RateMeter.eta(1, 0)).isNull();
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
