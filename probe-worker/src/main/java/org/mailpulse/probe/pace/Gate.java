package org.mailpulse.probe.pace;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets connections through: so many in all, so many per address, and not too soon after one another at the same
 * address. Who must wait, waits in a queue of its address and blocks no thread. An address is forgotten as soon as it
 * is idle and its gap has passed.
 *
 * <p>A lane (one address) is <em>ready</em> when its first waiter lacks nothing but one of the places that all share;
 * ready lanes take those in turn, so that a busy address does not starve the others.
 */
public final class Gate {
    private final int perAddress;
    private final long gapNanos;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer;
    private final Map<InetAddress, Lane> lanes = new HashMap<>();
    private final Queue<Lane> ready = new ArrayDeque<>();
    private int free;
    private final int total;
    private int waiting;

    /**
     * @param total connections open at the same time, at least 1
     * @param perAddress of them at one address, at least 1
     * @param gap from the start of one connection to the start of the next at the same address
     * @param timer wakes lanes whose gap has passed
     */
    public Gate(int total, int perAddress, Duration gap, ScheduledExecutorService timer) {
        this(total, perAddress, gap, timer, System::nanoTime);
    }

    Gate(int total, int perAddress, Duration gap, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.total = total;
        this.free = total;
        this.perAddress = perAddress;
        this.gapNanos = gap.toNanos();
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    /** A place at the address; give it back with {@link Place#close}. */
    public CompletableFuture<Place> enter(InetAddress address) {
        Waiter waiter = new Waiter();
        List<Waiter> through;
        synchronized (this) {
            Lane lane = lanes.computeIfAbsent(address, Lane::new);
            lane.queue.add(waiter);
            waiting++;
            consider(lane);
            through = letThrough();
        }
        admit(through);
        return waiter.place;
    }

    /** Connections that hold a place. */
    public synchronized int inside() {
        return total - free;
    }

    public synchronized int waiting() {
        return waiting;
    }

    synchronized int remembered() {
        return lanes.size();
    }

    private void leave(Lane lane) {
        List<Waiter> through;
        synchronized (this) {
            free++;
            lane.inside--;
            consider(lane);
            through = letThrough();
        }
        admit(through);
    }

    private void wake(Lane lane) {
        List<Waiter> through;
        synchronized (this) {
            lane.timed = false;
            consider(lane);
            through = letThrough();
        }
        admit(through);
    }

    /** Makes the lane ready, or sets the timer for the moment at which that is worth another look, or forgets it. */
    private void consider(Lane lane) {
        if (lane.ready || lane.timed) {
            return;
        }
        long wait = lane.inside == 0 && !lane.entered ? 0 : lane.notBefore - nanoTime.getAsLong();
        if (!lane.queue.isEmpty()) {
            if (lane.inside >= perAddress) {
                return;
            }
            if (wait <= 0) {
                lane.ready = true;
                ready.add(lane);
                return;
            }
        } else if (lane.inside > 0) {
            return;
        } else if (wait <= 0) {
            lanes.remove(lane.address);
            return;
        }
        lane.timed = true;
        timer.schedule(() -> wake(lane), wait, TimeUnit.NANOSECONDS);
    }

    private List<Waiter> letThrough() {
        List<Waiter> through = new ArrayList<>(1);
        while (free > 0 && !ready.isEmpty()) {
            Lane lane = ready.remove();
            Waiter waiter = lane.queue.remove();
            waiter.lane = lane;
            through.add(waiter);
            free--;
            waiting--;
            lane.ready = false;
            lane.inside++;
            lane.entered = true;
            lane.notBefore = nanoTime.getAsLong() + gapNanos;
            consider(lane);
        }
        return through;
    }

    /** Outside the lock: what waits on a place runs right here. */
    private void admit(List<Waiter> through) {
        for (Waiter waiter : through) {
            waiter.place.complete(new Place(this, waiter.lane));
        }
    }

    /** Permission to hold one connection open. Closing it twice does nothing more. */
    public static final class Place implements AutoCloseable {
        private final Gate gate;
        private Lane lane;

        private Place(Gate gate, Lane lane) {
            this.gate = gate;
            this.lane = lane;
        }

        @Override
        public void close() {
            Lane left;
            synchronized (this) {
                left = lane;
                lane = null;
            }
            if (left != null) {
                gate.leave(left);
            }
        }
    }

    private static final class Waiter {
        private final CompletableFuture<Place> place = new CompletableFuture<>();
        private Lane lane;
    }

    private static final class Lane {
        private final InetAddress address;
        private final Queue<Waiter> queue = new ArrayDeque<>();
        private int inside;
        private long notBefore;
        private boolean entered;
        private boolean ready;
        private boolean timed;

        private Lane(InetAddress address) {
            this.address = address;
        }
    }
}
