package org.mailpulse.probe.pace;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;
import org.mailpulse.probe.net.Alarm;

/**
 * Lets connections through: so many in all, so many per address and per network, not too soon after one another, and
 * ever less often where the last ones were unwelcome. Who must wait, waits in a queue of its address and blocks no
 * thread. Addresses and networks are forgotten as soon as they are idle and their gap has passed.
 *
 * <pre>
 *   visitors ─▶ address lane ─▶ network lane ─▶ gate
 * </pre>
 *
 * A lane is <em>ready</em>, and stands in the queue to its right, when something waits in it and nothing of its own
 * holds that back. Ready lanes are served in turn, so that a busy one does not starve the others.
 */
public final class Gate {
    private final Pace pace;
    private final Rate rate;
    private final LongSupplier nanoTime;
    private final Alarm alarm;
    private final Map<InetAddress, Lane<Visit>> addresses = new HashMap<>();
    private final Map<Long, Lane<Lane<?>>> networks = new HashMap<>();
    private final Queue<Lane<Lane<?>>> ready = new ArrayDeque<>();
    private int inside;
    private int waiting;
    private boolean awaitsRate;

    /**
     * @param rate of connections started, perhaps shared with other gates
     * @param timer wakes lanes whose gap has passed
     */
    public Gate(Pace pace, Rate rate, ScheduledExecutorService timer) {
        this(pace, rate, Alarm.of(timer), System::nanoTime);
    }

    Gate(Pace pace, Rate rate, Alarm alarm, LongSupplier nanoTime) {
        this.pace = pace;
        this.rate = rate;
        this.alarm = alarm;
        this.nanoTime = nanoTime;
    }

    /** A place at the address, unless the visit {@linkplain Place#isSpared is spared}; give it back with close. */
    public CompletableFuture<Place> enter(InetAddress address) {
        Visit visit = new Visit();
        List<Visit> through;
        synchronized (this) {
            Lane<Visit> lane = addresses.computeIfAbsent(address, this::open);
            if (lane.isClosed()) {
                return CompletableFuture.completedFuture(Place.SPARED);
            }
            visit.lane = lane;
            visit.lane.queue.add(visit);
            waiting++;
            consider(visit.lane);
            through = letThrough();
        }
        admit(through);
        return visit.place;
    }

    /** Connections that hold a place. */
    public synchronized int inside() {
        return inside;
    }

    public synchronized int waiting() {
        return waiting;
    }

    /** Addresses and networks. */
    synchronized int remembered() {
        return addresses.size() + networks.size();
    }

    private Lane<Visit> open(InetAddress address) {
        Lane<Lane<?>> network = networks.computeIfAbsent(
                Lane.network(address),
                key -> new Lane<>(
                        key, null, pace.perNetwork(), pace.networkGap().toNanos()));
        network.members++;
        return new Lane<>(address, network, pace.perAddress(), pace.gap().toNanos());
    }

    private void leave(Lane<Visit> lane, boolean complained) {
        List<Visit> through;
        List<Visit> spared = List.of();
        synchronized (this) {
            long now = nanoTime.getAsLong();
            inside--;
            lane.leave(complained, now);
            lane.network.leave(complained, now);
            if (lane.isClosed()) {
                spared = List.copyOf(lane.queue);
                waiting -= spared.size();
                lane.queue.clear();
            }
            consider(lane);
            consider(lane.network);
            through = letThrough();
        }
        admit(through);
        spared.forEach(visit -> visit.place.complete(Place.SPARED));
    }

    private void wake(Lane<?> lane) {
        List<Visit> through;
        synchronized (this) {
            lane.timed = false;
            consider(lane);
            through = letThrough();
        }
        admit(through);
    }

    private void rateAllows() {
        List<Visit> through;
        synchronized (this) {
            awaitsRate = false;
            through = letThrough();
        }
        admit(through);
    }

    /** Makes the lane ready, or sets the timer for the moment at which that is worth another look, or forgets it. */
    private void consider(Lane<?> lane) {
        if (lane.ready) {
            return;
        }
        long now = nanoTime.getAsLong();
        if (lane.isEmpty()) {
            long rest = lane.untilForgotten(now);
            if (rest > 0) {
                wakeLater(lane, now, rest);
            } else {
                forget(lane);
            }
        } else if (!lane.queue.isEmpty() && !lane.isFull()) {
            long wait = lane.untilStart(now);
            if (wait > 0) {
                wakeLater(lane, now, wait);
            } else {
                makeReady(lane);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private void makeReady(Lane<?> lane) {
        lane.ready = true;
        if (lane.network == null) {
            ready.add((Lane<Lane<?>>) lane);
        } else {
            lane.network.queue.add(lane);
            consider(lane.network);
        }
    }

    private void forget(Lane<?> lane) {
        if (lane.network == null) {
            networks.remove((Long) lane.key, lane);
        } else if (addresses.remove((InetAddress) lane.key, lane)) {
            lane.network.members--;
            consider(lane.network);
        }
    }

    private void wakeLater(Lane<?> lane, long now, long wait) {
        if (lane.timed && lane.wakeAt - (now + wait) <= 0) {
            return;
        }
        lane.timed = true;
        lane.wakeAt = now + wait;
        alarm.after(wait, () -> wake(lane));
    }

    private List<Visit> letThrough() {
        List<Visit> through = new ArrayList<>(1);
        while (inside < pace.total() && !awaitsRate) {
            long now = nanoTime.getAsLong();
            Lane<Visit> lane = nextReady(now);
            if (lane == null) {
                break;
            }
            long wait = rate.take(now);
            if (wait > 0) {
                awaitsRate = true;
                alarm.after(wait, this::rateAllows);
                break;
            }
            through.add(start(lane, now));
        }
        return through;
    }

    /** The first address lane in turn that may start one; those that were ready too early are put aside. */
    @SuppressWarnings("unchecked")
    private Lane<Visit> nextReady(long now) {
        while (!ready.isEmpty()) {
            Lane<Lane<?>> network = ready.peek();
            while (!network.queue.isEmpty() && network.untilStart(now) <= 0) {
                Lane<Visit> lane = (Lane<Visit>) network.queue.peek();
                if (!lane.queue.isEmpty() && lane.untilStart(now) <= 0) {
                    return lane;
                }
                network.queue.remove(); // it has complained since
                lane.ready = false;
                consider(lane);
            }
            ready.remove();
            network.ready = false;
            consider(network);
        }
        return null;
    }

    private Visit start(Lane<Visit> lane, long now) {
        Lane<Lane<?>> network = ready.remove();
        network.queue.remove();
        network.ready = false;
        lane.ready = false;
        Visit visit = lane.queue.remove();
        inside++;
        waiting--;
        lane.admit(now);
        network.admit(now);
        consider(lane);
        consider(network);
        return visit;
    }

    /** Outside the lock: what waits on a place runs right here. */
    private void admit(List<Visit> through) {
        for (Visit visit : through) {
            visit.place.complete(new Place(this, visit.lane));
        }
    }

    /** Permission to hold one connection open. Closing it twice does nothing more. */
    public static final class Place implements AutoCloseable {
        private static final Place SPARED = new Place(null, null);

        private final Gate gate;
        private Lane<Visit> lane;
        private boolean complained;

        private Place(Gate gate, Lane<Visit> lane) {
            this.gate = gate;
            this.lane = lane;
        }

        /** The address has complained so often in a row that this visit must not be made. */
        public boolean isSpared() {
            return gate == null;
        }

        /** The visit was unwelcome: address and network are left in peace for longer. To be told before closing. */
        public synchronized void complain() {
            complained = true;
        }

        @Override
        public void close() {
            Lane<Visit> left;
            synchronized (this) {
                left = lane;
                lane = null;
            }
            if (left != null) {
                gate.leave(left, complained);
            }
        }
    }

    private static final class Visit {
        private final CompletableFuture<Place> place = new CompletableFuture<>();
        private Lane<Visit> lane;
    }
}
