package org.mailpulse.probe.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.smtp.Bench;
import org.mailpulse.probe.smtp.SmtpFindings;
import org.mailpulse.probe.smtp.SmtpProber;
import org.mailpulse.probe.tls.TlsClient;
import org.mailpulse.probe.torture.Behaviours.Behaviour;

/** All hostile servers at once, again and again. */
@Timeout(120)
class TortureRunTest {
    private static final int PROBES = 10_000;
    private static final int WARM_UP = 800;
    private static final int IN_FLIGHT = 800;
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofMillis(700);
    /** What a loaded machine may add to a deadline, or to a pause. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long MAX_WAITED_MILLIS = 500;
    private static final int LOOPS = 2;
    private static final long BEAT_MILLIS = 10;
    private static final long HEAP_GROWTH = 8L << 20;

    private final Random random = new Random(41);
    private final AtomicLong longest = new AtomicLong();
    private final AtomicInteger broken = new AtomicInteger();
    private final ConcurrentHashMap<Outcome, AtomicInteger> outcomes = new ConcurrentHashMap<>();

    @Test
    void tenThousandHostileProbesEndInTimeBlockNoThreadAndLeaveNothingBehind() throws Exception {
        try (HostileServer server = new HostileServer();
                Transport transport = Transport.open(LOOPS);
                TlsClient tls = new TlsClient()) {
            List<SmtpProber> probers = new ArrayList<>();
            for (Behaviour behaviour : Behaviours.all(new Tls())) {
                InetSocketAddress at = server.serve(behaviour.manner());
                probers.add(new SmtpProber(transport, Bench.settings(at.getPort(), STEP, DEADLINE), tls));
            }
            List<Heart> hearts = List.of(new Heart(transport.next()), new Heart(transport.next()));
            run(probers, WARM_UP);
            long before = heap();
            longest.set(0);
            hearts.forEach(Heart::start);
            long waitedBefore = waitedMillis();
            run(probers, PROBES);
            hearts.forEach(Heart::stop);
            long waited = waitedMillis() - waitedBefore;
            long grown = heap() - before;

            assertThat(longest.get())
                    .as("ms of the longest probe")
                    .isLessThan(DEADLINE.plus(GRACE).toMillis());
            assertThat(hearts)
                    .allSatisfy(heart -> assertThat(heart.longestPause.get())
                            .as("ms between two beats")
                            .isLessThan(GRACE.toMillis()));
            assertThat(waited).as("ms that event loops waited for locks").isLessThan(MAX_WAITED_MILLIS);
            assertThat(grown).as("bytes of heap").isLessThan(HEAP_GROWTH);
            assertThat(broken).hasValue(0);
            assertThat(outcomes).hasSizeGreaterThanOrEqualTo(Outcome.values().length - 1);
        }
    }

    /** One probe in four makes the wide offer. */
    private void run(List<SmtpProber> probers, int count) throws Exception {
        Semaphore places = new Semaphore(IN_FLIGHT);
        for (int i = 0; i < count; i++) {
            assertThat(places.tryAcquire(20, TimeUnit.SECONDS))
                    .as("a probe ends")
                    .isTrue();
            SmtpProber prober = probers.get(random.nextInt(probers.size()));
            long start = System.nanoTime();
            var address = java.net.InetAddress.getLoopbackAddress();
            CompletableFuture<SmtpFindings> probe =
                    random.nextInt(4) == 0 ? prober.offerWidely(address, Tls.HOST) : prober.probe(address, Tls.HOST);
            probe.whenComplete((found, failure) -> {
                places.release();
                note(found, System.nanoTime() - start);
            });
        }
        assertThat(places.tryAcquire(IN_FLIGHT, 20, TimeUnit.SECONDS))
                .as("all probes end")
                .isTrue();
    }

    private void note(SmtpFindings found, long nanos) {
        longest.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(nanos), Math::max);
        if (found == null || found.reason() == Reason.INTERNAL_ERROR) {
            broken.incrementAndGet();
        } else {
            outcomes.computeIfAbsent(found.outcome(), outcome -> new AtomicInteger())
                    .incrementAndGet();
        }
    }

    /** Who waits for the network waits in the kernel, which is not counted here. */
    private static long waitedMillis() {
        THREADS.setThreadContentionMonitoringEnabled(true);
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && thread.getThreadName().startsWith("mailpulse-net"))
                .mapToLong(thread -> thread.getBlockedTime() + thread.getWaitedTime())
                .sum();
    }

    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** Beats on an event loop; whoever blocks the loop makes it miss a beat. */
    private static final class Heart {
        private final EventLoop loop;
        private final AtomicLong longestPause = new AtomicLong();
        private volatile boolean stopped;
        private long last;

        Heart(EventLoop loop) {
            this.loop = loop;
        }

        void start() {
            last = System.nanoTime();
            beat();
        }

        private void beat() {
            long now = System.nanoTime();
            longestPause.accumulateAndGet(TimeUnit.NANOSECONDS.toMillis(now - last), Math::max);
            last = now;
            if (!stopped) {
                loop.schedule(this::beat, BEAT_MILLIS, TimeUnit.MILLISECONDS);
            }
        }

        void stop() {
            stopped = true;
        }
    }
}
