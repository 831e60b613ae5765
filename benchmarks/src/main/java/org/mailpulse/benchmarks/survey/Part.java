package org.mailpulse.benchmarks.survey;

import java.util.Arrays;
import java.util.List;

/** Whose work a thread does, told by its name, of which Linux keeps 15 characters. First match holds. */
enum Part {
    WORKER(
            "mailpulse-net",
            "mailpulse-worke",
            "mailpulse-certi",
            "mailpulse-produ",
            "mailpulse-polic",
            "mailpulse-dnsse"),
    KAFKA_CLIENTS("kafka-producer-", "kafka-coordinat", "kafka-admin-cli"),
    BROKER("data-plane-kafk", "kafka-", "quorum-control", "controller-", "group-coordinat", "Sensor", "metrics-meter"),
    FLINK(
            "Source",
            "newest",
            "cells",
            "aside",
            "judge",
            "flink-",
            "jobmanager",
            "mini-cluster",
            "AsyncOp",
            "jdbc-upsert",
            "Checkpoint",
            "Async calls",
            "RetryQuota"),
    COMPILER("C1 Compiler", "C2 Compiler", "Sweeper"),
    /** Garbage collection, safepoints, the main thread with start-up and coordinator, and the rest. */
    REST,
    /** Child processes are the ClickHouse engine. */
    CLICKHOUSE;

    private final List<String> names;

    Part(String... names) {
        this.names = List.of(names);
    }

    static Part of(String thread) {
        return Arrays.stream(values())
                .filter(part -> part.names.stream().anyMatch(thread::startsWith))
                .findFirst()
                .orElse(REST);
    }
}
