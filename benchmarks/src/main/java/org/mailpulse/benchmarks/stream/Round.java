package org.mailpulse.benchmarks.stream;

import java.time.Duration;

/**
 * One run of a job over the whole topic, from its first record until a checkpoint holds all of them, which is when their
 * rows are in the tables.
 *
 * @param cpu of the job's process in that time: tasks, Kafka clients, compilation, garbage collection
 */
record Round(long records, Duration wall, Duration cpu) {
    static final Round NONE = new Round(0, Duration.ZERO, Duration.ZERO);

    Round plus(Round other) {
        return new Round(records + other.records, wall.plus(other.wall), cpu.plus(other.cpu));
    }

    double perSecond() {
        return records / seconds(wall);
    }

    double cpuMillisPerThousand() {
        return seconds(cpu) * 1_000_000 / records;
    }

    /** As a child says it. */
    String text() {
        return records + " " + wall.toNanos() + " " + cpu.toNanos();
    }

    static Round parse(String text) {
        String[] fields = text.split(" ");
        return new Round(
                Long.parseLong(fields[0]),
                Duration.ofNanos(Long.parseLong(fields[1])),
                Duration.ofNanos(Long.parseLong(fields[2])));
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }
}
