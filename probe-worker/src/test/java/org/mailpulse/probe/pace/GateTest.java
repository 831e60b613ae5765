package org.mailpulse.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.probe.pace.Gate.Place;

@Timeout(30)
class GateTest {
    private static final InetAddress ONE = InetAddresses.forString("192.0.2.1");
    private static final InetAddress TWO = InetAddresses.forString("192.0.2.2");

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void letsThroughSoManyPerAddress() {
        Gate gate = gate(10, 2, Duration.ZERO);
        List<CompletableFuture<Place>> places = enter(gate, ONE, 3);
        assertThat(places).extracting(CompletableFuture::isDone).containsExactly(true, true, false);
        assertThat(gate.enter(TWO)).isDone();
        places.get(0).join().close();
        assertThat(places.get(2)).isDone();
    }

    @Test
    void letsThroughSoManyInAllAndTakesAddressesInTurn() {
        Gate gate = gate(1, 1, Duration.ZERO);
        Place first = gate.enter(ONE).join();
        List<CompletableFuture<Place>> busy = enter(gate, ONE, 2);
        CompletableFuture<Place> other = gate.enter(TWO);
        assertThat(gate.inside()).isEqualTo(1);
        assertThat(gate.waiting()).isEqualTo(3);
        first.close();
        assertThat(other).as("was ready before the busy address became so").isDone();
        assertThat(busy.get(0)).isNotDone();
        other.join().close();
        assertThat(busy.get(0)).isDone();
    }

    @Test
    void keepsTheGapBetweenStartsAtOneAddress() {
        Gate gate = gate(10, 5, Duration.ofMillis(120));
        long start = System.nanoTime();
        List<Long> starts = new ArrayList<>();
        List<CompletableFuture<Void>> entered = enter(gate, ONE, 4).stream()
                .map(place -> place.thenAccept(inside -> starts.add(System.nanoTime() - start)))
                .toList();
        assertThat(gate.enter(TWO)).isDone();
        CompletableFuture.allOf(entered.toArray(CompletableFuture[]::new)).join();
        for (int i = 0; i < starts.size(); i++) {
            assertThat(starts.get(i)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(120L * i));
        }
    }

    @Test
    void theGapHoldsAlsoAfterTheAddressFellIdle() {
        Gate gate = gate(10, 5, Duration.ofMillis(200));
        gate.enter(ONE).join().close();
        CompletableFuture<Place> second = gate.enter(ONE);
        assertThat(second).isNotDone();
        second.join().close();
    }

    @Test
    void forgetsIdleAddresses() throws Exception {
        Gate gate = gate(1000, 1, Duration.ofMillis(20));
        for (int i = 0; i < 256; i++) {
            gate.enter(InetAddress.getByAddress(new byte[] {1, 1, 1, (byte) i}))
                    .join()
                    .close();
        }
        while (gate.remembered() > 0) {
            Thread.onSpinWait();
        }
        assertThat(gate.inside()).isZero();
    }

    @Test
    void closingAPlaceTwiceGivesItBackOnce() {
        Gate gate = gate(2, 2, Duration.ZERO);
        Place place = gate.enter(ONE).join();
        gate.enter(ONE).join();
        place.close();
        place.close();
        assertThat(gate.inside()).isEqualTo(1);
    }

    @Test
    void neverLetsInMoreThanAllowedHoweverManyThreadsPush() throws Exception {
        Gate gate = gate(7, 3, Duration.ZERO);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int visits = 2_000;
        CountDownLatch done = new CountDownLatch(visits);
        ExecutorService crowd = Executors.newFixedThreadPool(4);
        try {
            for (int i = 0; i < visits; i++) {
                InetAddress address = InetAddress.getByAddress(new byte[] {1, 1, 1, (byte) (i % 5)});
                gate.enter(address)
                        .thenAcceptAsync(
                                place -> {
                                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                    Thread.yield();
                                    inside.decrementAndGet();
                                    place.close();
                                    done.countDown();
                                },
                                crowd);
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            crowd.shutdownNow();
        }
        assertThat(most.get()).isBetween(1, 7);
        assertThat(gate.inside()).isZero();
        assertThat(gate.waiting()).isZero();
    }

    /** Its networks are not limited. */
    private Gate gate(int total, int perAddress, Duration gap) {
        return new Gate(new Pace(total, perAddress, gap, total, Duration.ZERO), Rate.unlimited(), timer);
    }

    private static List<CompletableFuture<Place>> enter(Gate gate, InetAddress address, int times) {
        List<CompletableFuture<Place>> places = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            places.add(gate.enter(address));
        }
        return places;
    }
}
