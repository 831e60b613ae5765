package org.mailpulse.benchmarks.stream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is done with the records. */
enum Variant {
    /** Read and decoded by {@code Wire}, nothing more: the peer. */
    DECODE("hashmap"),
    /** Decoded, brought to the domain's place and remembered there, on the heap: what no job that counts can do without. */
    KEYED("hashmap"),
    /** The statistics job with its state on the heap; everything into ClickHouse but the row for each verdict. */
    HEAP("hashmap"),
    /** The same with its state in RocksDB. */
    ROCKSDB("rocksdb"),
    /** State on the heap; a row for each verdict too. */
    HEAP_VERDICTS("hashmap");

    private final String stateBackend;

    Variant(String stateBackend) {
        this.stateBackend = stateBackend;
    }

    /** By Flink's name. */
    String stateBackend() {
        return stateBackend;
    }

    boolean countsDomains() {
        return this != DECODE && this != KEYED;
    }

    boolean writesVerdicts() {
        return this == HEAP_VERDICTS;
    }

    String option() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException naming those that there are */
    static Variant of(String option) {
        return Arrays.stream(values())
                .filter(variant -> variant.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no '" + option + "'; known are " + options()));
    }

    static String options() {
        List<String> all = Arrays.stream(values()).map(Variant::option).toList();
        return String.join(", ", all);
    }
}
