package org.mailpulse.probe.pace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailpulse.probe.ManualClock;
import org.mailpulse.probe.pace.Gate.Place;

/** How a gate paces, on a clock of our own. */
class PaceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();

    @Test
    void aNetworkTakesSoManyAtATimeHoweverManyAddressesItHas() {
        Gate gate = gate(new Pace(100, 2, Duration.ZERO, 3, Duration.ZERO), Rate.unlimited());
        List<CompletableFuture<Place>> network = enter(gate, "192.0.2.", 5);
        assertThat(done(network)).isEqualTo(3);
        assertThat(gate.enter(address("192.0.3.1")))
                .as("its neighbour is another network")
                .isDone();
        network.get(0).join().close();
        assertThat(done(network)).isEqualTo(4);
    }

    @Test
    void anIpv6NetworkIsTheFirst48Bits() {
        Gate gate = gate(new Pace(100, 2, Duration.ZERO, 1, Duration.ZERO), Rate.unlimited());
        assertThat(gate.enter(address("2001:db8:1::1"))).isDone();
        assertThat(gate.enter(address("2001:db8:1:ffff::1"))).isNotDone();
        assertThat(gate.enter(address("2001:db8:2::1"))).isDone();
    }

    @Test
    void betweenTwoStartsInOneNetworkLiesItsGap() {
        Gate gate = gate(new Pace(100, 2, SECOND, 16, Duration.ofMillis(50)), Rate.unlimited());
        List<CompletableFuture<Place>> network = enter(gate, "192.0.2.", 4);
        assertThat(done(network)).isEqualTo(1);
        clock.advance(Duration.ofMillis(49));
        assertThat(done(network)).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(done(network)).isEqualTo(2);
        clock.advance(Duration.ofMillis(100));
        assertThat(done(network)).isEqualTo(4);
    }

    @Test
    void withoutGapsNobodyWaitsForTheClock() {
        Gate gate = gate(new Pace(1_000, 1_000, Duration.ZERO, 1_000, Duration.ZERO), Rate.unlimited());
        List<CompletableFuture<Place>> network = enter(gate, "127.0.0.", 200);
        assertThat(done(network)).isEqualTo(200);
        network.forEach(place -> {
            place.join().complain();
            place.join().close();
        });
        assertThat(done(enter(gate, "127.0.0.", 200))).isEqualTo(200);
        assertThat(clock.alarms()).isZero();
    }

    @Test
    void anAddressThatComplainsIsAskedEverMoreRarely() {
        Gate gate = gate(new Pace(100, 2, SECOND, 16, Duration.ZERO), Rate.unlimited());
        List<Duration> pauses =
                IntStream.range(0, 7).mapToObj(i -> visit(gate, true)).toList();
        assertThat(pauses)
                .extracting(Duration::toSeconds)
                .as("doubles, and is bounded")
                .containsExactly(0L, 2L, 4L, 8L, 16L, 32L, 32L);
        List<Duration> recovery =
                IntStream.range(0, 7).mapToObj(i -> visit(gate, false)).toList();
        assertThat(recovery).extracting(Duration::toSeconds).containsExactly(32L, 32L, 16L, 8L, 4L, 2L, 1L);
    }

    @Test
    void whereManyWereUnwelcomeInARowTheOthersAreSparedForAWhile() {
        Gate gate = gate(new Pace(100, 2, SECOND, 16, Duration.ZERO), Rate.unlimited());
        for (int i = 1; i < Lane.MAX_COMPLAINTS; i++) {
            visit(gate, true);
        }
        Place last = enterAndWait(gate);
        CompletableFuture<Place> waiting = gate.enter(address("192.0.2.1"));
        assertThat(last.isSpared()).isFalse();
        last.complain();
        last.close();
        assertThat(waiting).isDone();
        assertThat(waiting.join().isSpared()).isTrue();
        waiting.join().close();
        assertThat(gate.enter(address("192.0.2.1")).join().isSpared()).isTrue();
        assertThat(gate.enter(address("192.0.2.2")).join().isSpared())
                .as("its neighbour")
                .isFalse();
        assertThat(gate.waiting()).isZero();
        assertThat(gate.inside()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(95));
        assertThat(enterAndWait(gate).isSpared()).isFalse();
    }

    @Test
    void aComplaintSlowsTheNetworkDownToo() {
        Gate gate = gate(new Pace(100, 2, SECOND, 16, Duration.ofMillis(50)), Rate.unlimited());
        Place unwelcome = gate.enter(address("192.0.2.1")).join();
        clock.advance(SECOND);
        unwelcome.complain();
        unwelcome.close();
        CompletableFuture<Place> neighbour = gate.enter(address("192.0.2.2"));
        clock.advance(Duration.ofMillis(99));
        assertThat(neighbour).isNotDone();
        clock.advance(Duration.ofMillis(1));
        assertThat(neighbour).isDone();
    }

    @Test
    void whoWasReadyWhenTheComplaintCameWaitsAllTheSame() {
        Gate gate = gate(new Pace(2, 2, SECOND, 16, Duration.ZERO), Rate.unlimited());
        Place elsewhere = gate.enter(address("198.51.100.1")).join();
        Place first = gate.enter(address("192.0.2.1")).join();
        clock.advance(SECOND);
        CompletableFuture<Place> ready = gate.enter(address("192.0.2.1"));
        first.complain();
        first.close();
        elsewhere.close();
        assertThat(ready).isNotDone();
        clock.advance(Duration.ofSeconds(2));
        assertThat(ready).isDone();
    }

    @Test
    void idleTimeHealsAndThenAllIsForgotten() {
        Gate gate = gate(new Pace(100, 2, SECOND, 16, Duration.ofMillis(50)), Rate.unlimited());
        for (int i = 0; i < 7; i++) {
            visit(gate, true);
        }
        assertThat(gate.remembered()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(93));
        assertThat(gate.remembered()).isGreaterThan(0);
        clock.advance(Duration.ofSeconds(2));
        assertThat(gate.remembered()).isZero();
        assertThat(visit(gate, false)).isZero();
    }

    @Test
    void soManyStartPerSecondInAllWhicheverGateTheyPass() {
        Rate rate = Rate.perSecond(10);
        Gate mail = gate(new Pace(1_000, 1_000, Duration.ZERO, 1_000, Duration.ZERO), rate);
        Gate web = gate(new Pace(1_000, 1_000, Duration.ZERO, 1_000, Duration.ZERO), rate);
        List<CompletableFuture<Place>> places = new ArrayList<>(enter(mail, "192.0.2.", 50));
        places.addAll(enter(web, "192.0.2.", 50));
        for (int second = 1; second <= 5; second++) {
            clock.advance(SECOND);
            assertThat(done(places)).isBetween(10 * second, 10 * second + 2);
        }
        clock.advance(Duration.ofSeconds(5));
        assertThat(done(places)).isEqualTo(100);
    }

    @Test
    void aBusyNetworkDoesNotStarveTheOthers() {
        Gate gate = gate(new Pace(1, 1, Duration.ZERO, 1, Duration.ZERO), Rate.unlimited());
        List<CompletableFuture<Place>> busy = enter(gate, "192.0.2.", 5);
        CompletableFuture<Place> other = gate.enter(address("198.51.100.1"));
        busy.get(0).join().close();
        assertThat(other).isDone();
    }

    private record Guest(CompletableFuture<Place> place, InetAddress at) {
        boolean isBeside(Guest other) {
            return Lane.network(at).equals(Lane.network(other.at));
        }
    }

    /** Against a plain count of who is where; and everybody gets through in the end. */
    @Test
    void noLimitIsBrokenByAnyCrowd() {
        Random chance = new Random(7);
        Gate gate = gate(new Pace(10, 2, Duration.ofMillis(100), 4, Duration.ofMillis(20)), Rate.perSecond(40));
        List<Guest> waiting = new ArrayList<>();
        List<Guest> inside = new ArrayList<>();
        int served = 0;
        for (int i = 0; i < 3_000; i++) {
            if (i < 600) {
                InetAddress at = address("192.0." + chance.nextInt(3) + "." + chance.nextInt(5));
                waiting.add(new Guest(gate.enter(at), at));
            }
            waiting.stream().filter(guest -> guest.place.isDone()).forEach(inside::add);
            waiting.removeIf(guest -> guest.place.isDone());
            assertThat(inside).hasSizeLessThanOrEqualTo(10).hasSize(gate.inside());
            assertThat(inside).allSatisfy(one -> {
                assertThat(inside.stream().filter(other -> other.at.equals(one.at)))
                        .hasSizeLessThanOrEqualTo(2);
                assertThat(inside.stream().filter(other -> one.isBeside(other))).hasSizeLessThanOrEqualTo(4);
            });
            if (!inside.isEmpty() && chance.nextBoolean()) {
                Place leaving =
                        inside.remove(chance.nextInt(inside.size())).place.join();
                if (chance.nextInt(20) == 0) {
                    leaving.complain();
                }
                leaving.close();
                served++;
            }
            clock.advance(Duration.ofMillis(25));
        }
        assertThat(served).isEqualTo(600);
        clock.advance(Duration.ofMinutes(1));
        assertThat(gate.remembered()).isZero();
    }

    private Place enterAndWait(Gate gate) {
        CompletableFuture<Place> place = gate.enter(address("192.0.2.1"));
        while (!place.isDone()) {
            clock.advance(Duration.ofMillis(100));
        }
        return place.join();
    }

    /** @return how long it had to wait */
    private Duration visit(Gate gate, boolean complain) {
        long start = clock.getAsLong();
        Place place = enterAndWait(gate);
        if (complain) {
            place.complain();
        }
        place.close();
        return Duration.ofNanos(clock.getAsLong() - start);
    }

    private Gate gate(Pace pace, Rate rate) {
        return new Gate(pace, rate, clock, clock);
    }

    private static List<CompletableFuture<Place>> enter(Gate gate, String prefix, int addresses) {
        return IntStream.range(0, addresses)
                .mapToObj(i -> gate.enter(address(prefix + i)))
                .toList();
    }

    private static int done(List<CompletableFuture<Place>> places) {
        return (int) places.stream().filter(CompletableFuture::isDone).count();
    }

    private static InetAddress address(String text) {
        return InetAddresses.forString(text);
    }
}
