package org.mailpulse.probe.canary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.mailpulse.probe.ManualClock;
import org.mailpulse.probe.canary.Sighting.Kind;

/** On a clock of our own, with a canary that is what the test says. */
class VantageWatchTest {
    private static final Duration EVERY = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock();
    private final List<String> notices = new ArrayList<>();
    private final List<CompletableFuture<Sighting>> looks = new ArrayList<>();
    private final VantageWatch watch = watch("mx.a.example");

    @Test
    void withoutCanariesAllIsWellAtOnce() {
        VantageWatch blind = watch();
        assertThat(blind.allowed()).isCompletedWithValue(true);
        assertThat(blind.vouches(blind.badLooks())).isCompletedWithValue(true);
        assertThat(blind.isWellSince(0)).isTrue();
        assertThat(clock.alarms()).isZero();
    }

    @Test
    void nobodyIsAskedBeforeTheCanary() {
        CompletableFuture<Boolean> first = watch.allowed();
        CompletableFuture<Boolean> second = watch.allowed();
        assertThat(looks).hasSize(1);
        assertThat(first).isNotDone();
        see(Kind.WELL);
        assertThat(first).isCompletedWithValue(true);
        assertThat(second).isCompletedWithValue(true);
        assertThat(watch.allowed()).isCompletedWithValue(true);
        assertThat(notices).isEmpty();
    }

    @Test
    void looksAgainEveryTwoMinutesWhileThereIsWork() {
        begin(Kind.WELL);
        for (int look = 2; look <= 4; look++) {
            watch.allowed();
            clock.advance(EVERY);
            assertThat(looks).hasSize(look);
            see(Kind.WELL);
        }
        clock.advance(Duration.ofHours(5));
        assertThat(looks).as("idle, so nobody is looked at").hasSize(4);
        assertThat(clock.alarms()).isZero();
        assertThat(watch.allowed())
                .as("after a pause, whoever comes waits for a look")
                .isNotDone();
        assertThat(looks).hasSize(5);
    }

    @Test
    void theIllnessIsToldOnceAndSoIsTheRecovery() {
        assertThat(begin(Kind.UNREACHABLE)).isCompletedWithValue(false);
        next(Kind.UNREACHABLE);
        assertThat(notices).hasSize(1);
        assertThat(watch.allowed()).isCompletedWithValue(false);
        next(Kind.WELL);
        assertThat(watch.allowed()).isCompletedWithValue(true);
        assertThat(notices)
                .containsExactly(
                        "vantage point oslo is quarantined, nothing is recorded as a \"no\" until a canary is well again:"
                                + " no canary can be reached, our network seems to block port 25"
                                + " (mx.a.example: UNREACHABLE)",
                        "quarantine of vantage point oslo is lifted: canary mx.a.example is well again");
    }

    @Test
    void aNoWaitsForTheNextLookWhichThenComesSooner() {
        begin(Kind.WELL);
        CompletableFuture<Boolean> no = watch.vouches(watch.badLooks());
        clock.advance(EVERY.dividedBy(4).minusMillis(1));
        assertThat(looks).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(looks).hasSize(2);
        assertThat(no).isNotDone();
        see(Kind.WELL);
        assertThat(no).isCompletedWithValue(true);
    }

    @Test
    void aLookThatBeganBeforeTheNoIsNotEnough() {
        begin(Kind.WELL);
        watch.allowed();
        clock.advance(EVERY);
        CompletableFuture<Boolean> no = watch.vouches(watch.badLooks());
        see(Kind.WELL);
        assertThat(no).isNotDone();
        clock.advance(EVERY.dividedBy(4));
        assertThat(looks).hasSize(3);
        see(Kind.STRIPPED);
        assertThat(no).isCompletedWithValue(false);
    }

    @Test
    void aNoFromWithinAnIllnessIsNeverBelieved() {
        begin(Kind.WELL);
        int before = watch.badLooks();
        next(Kind.STRIPPED);
        assertThat(watch.isWellSince(before)).isFalse();
        assertThat(watch.vouches(before)).isCompletedWithValue(false);
        next(Kind.WELL);
        assertThat(watch.isWellSince(before))
                .as("it may have been asked while it was ill")
                .isFalse();
        assertThat(watch.vouches(before)).isCompletedWithValue(false);
        assertThat(watch.isWellSince(watch.badLooks())).isTrue();
    }

    @Test
    void aProberThatBreaksIsAnIllnessToo() {
        CompletableFuture<Boolean> allowed = watch.allowed();
        looks.get(0).completeExceptionally(new IllegalStateException("closed"));
        assertThat(allowed).isCompletedWithValue(false);
        assertThat(notices).singleElement().asString().contains("INTERNAL_ERROR");
    }

    private CompletableFuture<Boolean> begin(Kind kind) {
        CompletableFuture<Boolean> allowed = watch.allowed();
        see(kind);
        return allowed;
    }

    private void next(Kind kind) {
        watch.allowed();
        clock.advance(EVERY);
        see(kind);
    }

    private void see(Kind kind) {
        looks.get(looks.size() - 1).complete(new Sighting("mx.a.example", kind, kind.name()));
    }

    private VantageWatch watch(String... hosts) {
        return new VantageWatch(
                List.of(hosts),
                host -> {
                    looks.add(new CompletableFuture<>());
                    return looks.get(looks.size() - 1);
                },
                EVERY,
                new VantageWatch.Teller("oslo", 25, notices::add),
                clock,
                clock);
    }
}
