package org.mailpulse.benchmarks.load;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps a number of tasks in flight: whenever one ends the next begins, up to a total. */
final class Flight {
    private static final int FAILED = -1;

    private final Task task;
    private final Order order;
    private final int[] micros;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final CountDownLatch left;
    private final CountDownLatch leftUntilFull;

    Flight(Task task, Order order) {
        this.task = task;
        this.order = order;
        this.micros = new int[order.total()];
        this.left = new CountDownLatch(order.total());
        this.leftUntilFull = new CountDownLatch(Math.min(order.total(), order.inFlight()));
        Arrays.fill(micros, FAILED);
    }

    Run fly() throws InterruptedException {
        long before = Heap.used();
        long start = System.nanoTime();
        begin(start);
        long within = 0;
        if (order.weighed()) {
            leftUntilFull.await();
            within = Heap.used();
        }
        left.await();
        double seconds = (System.nanoTime() - start) / 1e9;
        Percentiles times = Percentiles.of(micros);
        return new Run(
                order.total(), failed.get(), failure.get(), seconds, times.at(0.5), times.at(0.99), before, within);
    }

    /** All at once would be answered all at once, for ever after. */
    private void begin(long start) throws InterruptedException {
        long gap = TimeUnit.MILLISECONDS.toNanos(order.rampMillis()) / order.inFlight();
        for (int i = 0; i < order.inFlight(); i++) {
            long early = start + i * gap - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            next();
        }
    }

    private void next() {
        int number = started.getAndIncrement();
        if (number >= order.total()) {
            return;
        }
        long start = System.nanoTime();
        task.start(number).whenComplete((waited, reason) -> {
            if (reason == null) {
                micros[number] = (int) TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start - waited);
            } else {
                failed.incrementAndGet();
                failure.compareAndSet(null, String.valueOf(reason.getMessage()));
            }
            leftUntilFull.countDown();
            left.countDown();
            next();
        });
    }
}
