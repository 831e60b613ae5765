package org.mailpulse.benchmarks.stream;

import static org.mailpulse.benchmarks.process.Report.line;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mailpulse.benchmarks.process.Child;
import org.mailpulse.benchmarks.process.Folders;
import org.mailpulse.benchmarks.process.Recording;
import org.mailpulse.engine.ClickHouseEngine;
import org.mailpulse.engine.EngineSettings;
import org.mailpulse.survey.coordinator.TopicAdmin;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.Warehouse;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast observations become rollups, beside a job that only decodes them. */
@Command(
        name = "benchmarks/stream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Measures how fast the statistics job reads observations, from Kafka to final rollups.",
        description = {
            "",
            "Observations of full size are written to a Kafka broker once; then each job reads them all, by turns, in a"
                    + " process of its own: 'decode' decodes them and does nothing else; 'keyed' also brings them to the domain's"
                    + " place and remembers each there; 'heap' and 'rocksdb' are the"
                    + " statistics job, with everything in ClickHouse but a row for each verdict; 'heap-verdicts' writes"
                    + " those too. A round ends when a checkpoint behind the last record is complete, and then"
                    + " the tables are compared with what was planted. Broker and ClickHouse work on the same machine.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  benchmarks/stream",
            "  benchmarks/stream --domains 1000000 --surveys 12 --rounds 1 --warm-up 0 --jobs rocksdb",
            "  benchmarks/stream --jobs heap --flame /tmp/flames"
        })
final class StreamBenchmark implements Callable<Integer> {
    private static final int PARTITIONS = 8;
    private static final int MAX_DOMAINS = 100_000_000;
    private static final int MAX_SURVEYS = 120;

    @Option(names = "--domains", paramLabel = "N", defaultValue = "200000", description = "Domains of each survey.")
    int domains;

    @Option(names = "--surveys", paramLabel = "N", defaultValue = "2", description = "Surveys, one after the other.")
    int surveys;

    @Option(
            names = "--jobs",
            paramLabel = "JOB",
            split = ",",
            defaultValue = "decode,keyed,heap,rocksdb,heap-verdicts",
            description = "Which to measure (default: decode,keyed,heap,rocksdb,heap-verdicts).")
    List<String> jobs;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Measured rounds of each job.")
    int rounds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "1", description = "Rounds before them.")
    int warmUp;

    @Option(names = "--parallelism", paramLabel = "N", defaultValue = "2", description = "Of each job, 1 to 8.")
    int parallelism;

    @Option(names = "--heap", paramLabel = "MB", defaultValue = "3072", description = "Heap of each job's process.")
    int heap;

    @Option(
            names = "--managed",
            paramLabel = "MB",
            defaultValue = "512",
            description = "Memory for RocksDB, outside the heap.")
    int managed;

    @Option(
            names = "--checkpoint-seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "Time between checkpoints.")
    int checkpointSeconds;

    @Option(
            names = "--flame",
            paramLabel = "FOLDER",
            description = "Draw where each job's time goes: a flame graph FOLDER/JOB.html. Recording takes some of it.")
    Path flame;

    @Spec
    CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        List<Variant> variants = checked();
        Path folder = Files.createTempDirectory("mailpulse-benchmark-");
        try (Child broker = Child.start(
                        BrokerMain.class,
                        "-Xmx512m",
                        List.of(folder.resolve("kafka").toString()));
                ClickHouseEngine engine = ClickHouseEngine.start(EngineSettings.in(folder.resolve("clickhouse")))) {
            Workload workload = new Workload(domains, surveys);
            load(broker.greeting(), workload);
            Warehouse warehouse = Warehouse.at(engine.jdbcUrl());
            Migrations.apply(warehouse);
            Instant measuredFrom;
            try (Turns turns = new Turns(workload, new Tables(warehouse), List.of(broker.pid(), engine.pid()))) {
                for (Variant variant : variants) {
                    turns.add(
                            variant, job(plan(variant, broker, engine, workload, folder), recording(variant, folder)));
                }
                measuredFrom = turns.take(warmUp, rounds);
                turns.report();
            }
            if (flame != null) {
                draw(variants, folder, measuredFrom);
            }
            return CommandLine.ExitCode.OK;
        } finally {
            Folders.delete(folder);
        }
    }

    /** The options, or one line that says what is wrong with them. */
    private List<Variant> checked() {
        require(domains >= 1 && domains <= MAX_DOMAINS, "--domains must be 1 to " + MAX_DOMAINS);
        require(surveys >= 1 && surveys <= MAX_SURVEYS, "--surveys must be 1 to " + MAX_SURVEYS);
        require(rounds >= 1 && warmUp >= 0, "--rounds must be at least 1, --warm-up at least 0");
        require(parallelism >= 1 && parallelism <= PARTITIONS, "--parallelism must be 1 to " + PARTITIONS);
        require(heap >= 256 && managed >= 64, "--heap must be at least 256, --managed at least 64");
        require(checkpointSeconds >= 1, "--checkpoint-seconds must be at least 1");
        try {
            return jobs.stream().map(Variant::of).distinct().toList();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--jobs: " + e.getMessage(), e);
        }
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static void load(String bootstrap, Workload workload) throws IOException {
        TopicAdmin.create(bootstrap, new TopicAdmin.Partitions(1, PARTITIONS, PARTITIONS));
        long start = System.nanoTime();
        try (Loader loader = new Loader(bootstrap, workload)) {
            loader.load(PARTITIONS);
            line(
                    "%,d observations of %,d bytes each, %,d the least; written in %.0f s",
                    loader.observations(),
                    loader.meanBytes(),
                    loader.smallestBytes(),
                    (System.nanoTime() - start) / 1e9);
        }
    }

    private JobPlan plan(Variant variant, Child broker, ClickHouseEngine engine, Workload workload, Path folder) {
        return new JobPlan(
                variant,
                broker.greeting(),
                engine.jdbcUrl(),
                workload.observations() + workload.clocks(PARTITIONS),
                parallelism,
                checkpointSeconds,
                managed,
                folder.resolve(variant.option()));
    }

    private static Recording recording(Variant variant, Path folder) {
        return new Recording(folder.resolve(variant.option() + ".jfr"));
    }

    private void draw(List<Variant> variants, Path folder, Instant from) throws IOException {
        for (Variant variant : variants) {
            Path page = flame.resolve(variant.option() + ".html");
            recording(variant, folder).draw(page, "Mail Pulse, statistics job: " + variant.option(), from);
            line("%s", page);
        }
    }

    private Child job(JobPlan plan, Recording recording) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx" + heap + "m",
                "-Xms" + heap + "m", // as Flink starts its own: growing step by step takes a full collection each time
                "-XX:+UseParallelGC",
                // Flink reads private fields by reflection
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED"));
        if (flame != null) {
            options.addAll(recording.options());
        }
        return Child.start(JobMain.class, options, plan.arguments());
    }
}
