package org.mailpulse.probe.worker;

import java.time.Duration;

/**
 * How a worker is tied to Kafka.
 *
 * @param bootstrap {@code HOST:PORT[,…]}
 * @param group what the names of the consumer groups begin with: the workers of a vantage point share its targets, and
 *     each vantage point gets all of them
 * @param inFlight targets that are worked on at the same time, 1…100,000; most of the time they wait for their turn at
 *     a mail server, so it should be several times the connections
 * @param commitEvery how often finished work is committed
 * @param drain how long {@link Worker#close} waits for what is in flight; 0 allowed
 */
public record WorkerSettings(String bootstrap, String group, int inFlight, Duration commitEvery, Duration drain) {
    private static final int MAX_IN_FLIGHT = 100_000;

    public WorkerSettings {
        check(bootstrap != null && !bootstrap.isBlank(), "bootstrap", "HOST:PORT", bootstrap);
        check(group != null && !group.isBlank(), "group", "a name", group);
        check(inFlight >= 1 && inFlight <= MAX_IN_FLIGHT, "inFlight", "1…" + MAX_IN_FLIGHT, inFlight);
        check(commitEvery != null && commitEvery.toMillis() > 0, "commitEvery", "more than 0", commitEvery);
        check(drain != null && !drain.isNegative(), "drain", "0 or more", drain);
    }

    public static WorkerSettings of(String bootstrap) {
        return new WorkerSettings(bootstrap, "mailpulse-workers", 5_000, Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    /** The group of all workers at one vantage point. */
    String groupAt(String vantage) {
        return group + "-" + vantage;
    }

    public WorkerSettings withGroup(String value) {
        return new WorkerSettings(bootstrap, value, inFlight, commitEvery, drain);
    }

    public WorkerSettings withInFlight(int value) {
        return new WorkerSettings(bootstrap, group, value, commitEvery, drain);
    }

    public WorkerSettings withCommitEvery(Duration value) {
        return new WorkerSettings(bootstrap, group, inFlight, value, drain);
    }

    public WorkerSettings withDrain(Duration value) {
        return new WorkerSettings(bootstrap, group, inFlight, commitEvery, value);
    }

    private static void check(boolean holds, String field, String allowed, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(field + " must be " + allowed + ", is '" + value + "'");
        }
    }
}
