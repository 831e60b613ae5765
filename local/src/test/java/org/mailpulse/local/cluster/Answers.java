package org.mailpulse.local.cluster;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.mailpulse.model.wire.Topics;

/** How many observations have come in since this was made; while the broker is away, as many as before. */
final class Answers implements AutoCloseable {
    private static final int PARTITIONS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Admin admin;
    private final long before;
    private long latest;

    Answers(String kafka) throws InterruptedException {
        admin = Admin.create(
                Map.of("bootstrap.servers", kafka, "request.timeout.ms", "1000", "default.api.timeout.ms", "1500"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!read()) {
            if (System.nanoTime() > deadline) {
                admin.close();
                throw new AssertionError("no broker at " + kafka);
            }
        }
        before = latest;
    }

    /** Of this many targets, 0…1; duplicates count, so it may be early, never late. */
    double share(int targets) throws InterruptedException {
        read();
        return Math.min(1, (double) (latest - before) / targets);
    }

    /** @return false while the broker is away */
    private boolean read() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.OBSERVATIONS, partition))
                .collect(toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            long sum = admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
            latest = Math.max(latest, sum);
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
