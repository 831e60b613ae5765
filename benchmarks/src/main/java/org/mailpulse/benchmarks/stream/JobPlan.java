package org.mailpulse.benchmarks.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailpulse.stream.JobSettings;

/**
 * What a process that runs a job must know.
 *
 * @param records on the topic
 * @param managedMegabytes memory of Flink outside the heap, which is RocksDB's
 * @param folder for checkpoints and temporary files, of this process alone
 */
record JobPlan(
        Variant variant,
        String kafka,
        String clickhouse,
        long records,
        int parallelism,
        int checkpointSeconds,
        int managedMegabytes,
        Path folder) {

    List<String> arguments() {
        return List.of(
                variant.option(),
                kafka,
                clickhouse,
                Long.toString(records),
                Integer.toString(parallelism),
                Integer.toString(checkpointSeconds),
                Integer.toString(managedMegabytes),
                folder.toString());
    }

    static JobPlan of(String[] arguments) {
        return new JobPlan(
                Variant.of(arguments[0]),
                arguments[1],
                arguments[2],
                Long.parseLong(arguments[3]),
                Integer.parseInt(arguments[4]),
                Integer.parseInt(arguments[5]),
                Integer.parseInt(arguments[6]),
                Path.of(arguments[7]));
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** Starts with nothing, and gives up at the first failure: a round that stumbled is none. */
    JobSettings settings() {
        return new JobSettings(
                kafka,
                clickhouse,
                "",
                "",
                parallelism,
                parallelism,
                checkpoints().toUri().toString(),
                Duration.ofSeconds(checkpointSeconds),
                null,
                1,
                false); // what is measured is the counting
    }
}
