package org.mailpulse.probe.canary;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.mailpulse.probe.net.Alarm;

/**
 * Is it them, or is it us? Looks at the canaries before anything else is asked, then every so often while there is work,
 * and tells once when the vantage point falls ill or recovers.
 *
 * <pre>
 *   not looked ──look──▶ well ◀──look──▶ ill (quarantine)
 * </pre>
 *
 * While it is ill nothing else need be asked. What was asked before the illness showed is treated with care: a "no" waits
 * for the next look, which must begin after it and find the vantage point well. Such a look comes sooner than others.
 */
public final class VantageWatch {
    /** Where a "no" waits, the next look comes after this part of the usual time. */
    private static final int SOONER = 4;

    private final List<String> hosts;
    private final Function<String, CompletableFuture<Sighting>> prober;
    private final long every;
    private final Teller teller;
    private final Alarm alarm;
    private final LongSupplier nanoTime;

    private CompletableFuture<Boolean> running;
    private CompletableFuture<Boolean> next = new CompletableFuture<>();
    private boolean looked;
    private boolean well = true;
    private int badLooks;
    private boolean wanted;
    private boolean awaited;
    private long endedAt;
    private boolean armed;
    private long due;

    /** Says who is ill, and to whom. */
    public record Teller(String vantage, int port, Consumer<String> notices) {}

    /**
     * @param hosts none to believe that all is always well
     * @param prober completes in a bounded time
     */
    public VantageWatch(
            List<String> hosts,
            Function<String, CompletableFuture<Sighting>> prober,
            Duration every,
            Teller teller,
            ScheduledExecutorService timer) {
        this(hosts, prober, every, teller, Alarm.of(timer), System::nanoTime);
    }

    VantageWatch(
            List<String> hosts,
            Function<String, CompletableFuture<Sighting>> prober,
            Duration every,
            Teller teller,
            Alarm alarm,
            LongSupplier nanoTime) {
        this.hosts = List.copyOf(hosts);
        this.prober = prober;
        this.every = every.toNanos();
        this.teller = teller;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
    }

    /** @return whether others may be asked now; waits for a look if there was none, or none for long */
    public CompletableFuture<Boolean> allowed() {
        CompletableFuture<Boolean> look;
        boolean begun;
        synchronized (this) {
            if (hosts.isEmpty()) {
                return CompletableFuture.completedFuture(true);
            }
            wanted = true;
            if (looked && (armed || running != null)) {
                return CompletableFuture.completedFuture(well);
            }
            begun = running == null;
            look = begun ? begin() : running;
        }
        if (begun) {
            start(look);
        }
        return look.copy();
    }

    /** How many looks found the vantage point ill so far: to be noted before asking, and shown to the two below. */
    public synchronized int badLooks() {
        return badLooks;
    }

    /** Whether the vantage point has been well, as far as is known now, since there were so many bad looks. */
    public synchronized boolean isWellSince(int before) {
        return well && badLooks == before;
    }

    /** @return whether a "no" of now may be believed, as the next look tells */
    public CompletableFuture<Boolean> vouches(int before) {
        synchronized (this) {
            if (hosts.isEmpty() || !isWellSince(before)) {
                return CompletableFuture.completedFuture(hosts.isEmpty());
            }
            awaited = true;
            if (running == null) {
                arm(endedAt + every / SOONER);
            }
            return next.copy();
        }
    }

    private CompletableFuture<Boolean> begin() {
        running = next;
        next = new CompletableFuture<>();
        wanted = false;
        awaited = false;
        armed = false;
        return running;
    }

    /** Outside the lock. */
    private void start(CompletableFuture<Boolean> look) {
        List<CompletableFuture<Sighting>> sightings =
                hosts.stream().map(this::see).toList();
        CompletableFuture.allOf(sightings.toArray(CompletableFuture[]::new))
                .thenRun(() -> end(
                        look,
                        new Look(sightings.stream().map(CompletableFuture::join).toList())));
    }

    private CompletableFuture<Sighting> see(String host) {
        CompletableFuture<Sighting> seen;
        try {
            seen = prober.apply(host);
        } catch (RuntimeException e) {
            seen = CompletableFuture.failedFuture(e);
        }
        return seen.exceptionally(failure -> new Sighting(host, Sighting.Kind.UNREACHABLE, "INTERNAL_ERROR"));
    }

    private void end(CompletableFuture<Boolean> look, Look seen) {
        String news = null;
        synchronized (this) {
            if (seen.isWell() != well) {
                news = seen.isWell() ? seen.recovery(teller.vantage) : seen.diagnosis(teller.vantage, teller.port);
            }
            well = seen.isWell();
            badLooks += well ? 0 : 1;
            looked = true;
            running = null;
            endedAt = nanoTime.getAsLong();
            arm(endedAt + (awaited ? every / SOONER : every));
        }
        if (news != null) {
            teller.notices.accept(news);
        }
        look.complete(seen.isWell());
    }

    private void arm(long at) {
        if (armed && due - at <= 0) {
            return;
        }
        armed = true;
        due = at;
        alarm.after(Math.max(0, at - nanoTime.getAsLong()), this::ring);
    }

    private void ring() {
        CompletableFuture<Boolean> look;
        synchronized (this) {
            if (!armed || running != null || nanoTime.getAsLong() - due < 0) {
                return; // an alarm that an earlier one has overtaken
            }
            armed = false;
            if (!wanted && !awaited) {
                return; // nobody is at work; whoever comes next will wait for a look
            }
            look = begin();
        }
        start(look);
    }
}
