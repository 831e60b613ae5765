package org.mailpulse.probe;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.mailpulse.probe.net.Alarm;

/** A ticker with alarms, moved by hand. */
public final class ManualClock implements Alarm, LongSupplier {
    private record Entry(long at, Runnable task) {}

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::at));
    private long now;

    @Override
    public void after(long nanos, Runnable task) {
        entries.add(new Entry(now + nanos, task));
    }

    @Override
    public long getAsLong() {
        return now;
    }

    public void advance(Duration time) {
        long end = now + time.toNanos();
        while (!entries.isEmpty() && entries.peek().at <= end) {
            Entry next = entries.remove();
            now = next.at;
            next.task.run();
        }
        now = end;
    }

    public int alarms() {
        return entries.size();
    }
}
