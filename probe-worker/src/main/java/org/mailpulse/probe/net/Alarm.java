package org.mailpulse.probe.net;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs a task later. An interface of its own, so that tests can move time by hand. */
public interface Alarm {
    void after(long nanos, Runnable task);

    static Alarm of(ScheduledExecutorService timer) {
        return (nanos, task) -> timer.schedule(task, nanos, TimeUnit.NANOSECONDS);
    }
}
