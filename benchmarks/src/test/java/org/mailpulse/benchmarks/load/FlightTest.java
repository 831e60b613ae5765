package org.mailpulse.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FlightTest {
    private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS);

    @Test
    void percentilesAreThoseOfTheNearestRankAndLeaveOutWhatFailed() {
        Percentiles times = Percentiles.of(new int[] {30, -1, 10, 20, 40});

        assertThat(times.at(0.5)).isEqualTo(20);
        assertThat(times.at(0.51)).isEqualTo(30);
        assertThat(times.at(0.99)).isEqualTo(40);
        assertThat(times.at(1)).isEqualTo(40);
        assertThat(Percentiles.of(new int[] {-1}).at(0.5)).isZero();
        assertThatThrownBy(() -> times.at(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverMoreAndInTheMiddleNeverLessThanOrderedAreInFlight() throws Exception {
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Task task = number -> {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(
                    () -> {
                        inFlight.decrementAndGet();
                        return 0L;
                    },
                    SOON);
        };

        Run run = new Flight(task, new Order(200, 7, 0, true)).fly();

        assertThat(run.done()).isEqualTo(200);
        assertThat(run.failed()).isZero();
        assertThat(most).hasValue(7);
        assertThat(run.heapWithin()).isPositive();
    }

    @Test
    void whatFailsIsCountedWithItsReason() throws Exception {
        Task task = number -> CompletableFuture.supplyAsync(() -> 0L, SOON)
                .thenCompose(waited -> number % 4 == 0
                        ? CompletableFuture.failedFuture(new IOException("lost"))
                        : CompletableFuture.completedFuture(waited));

        Run run = new Flight(task, Order.of(100, 10)).fly();

        assertThat(run.failed()).isEqualTo(25);
        assertThat(run.good()).isEqualTo(75);
        assertThat(run.failure()).contains("lost");
    }

    @Test
    void theOthersOwnDelayIsNotCountedAsTime() throws Exception {
        Executor late = CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS);
        Task task = number -> CompletableFuture.supplyAsync(() -> TimeUnit.MILLISECONDS.toNanos(200), late);

        Run run = new Flight(task, Order.of(3, 3)).fly();

        assertThat(run.seconds()).isGreaterThan(0.19);
        assertThat(run.p50Micros()).isBetween(0L, 150_000L);
    }

    @Test
    void costIsSharedAmongThoseThatEndedWell() {
        Run run = new Run(100, 20, "lost", 2, 1, 1, 1_000, 9_000);
        Measured measured = new Measured(run, Duration.ofMillis(40), 0);

        assertThat(measured.microsEach()).isEqualTo(500);
        assertThat(measured.perSecond()).isEqualTo(40);
        assertThat(measured.heapEach(8)).isEqualTo(1_000);
        Measured cheap = new Measured(run, Duration.ofMillis(20), 0);
        assertThat(new Total(List.of(measured, cheap)).microsEach()).isEqualTo(375);
        assertThat(new Total(List.of(measured, cheap)).leastMicrosEach()).isEqualTo(250);
    }
}
