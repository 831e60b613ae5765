package org.mailpulse.local.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All processes of one platform, and where they are reached. */
final class Cluster implements AutoCloseable {
    static final String VANTAGE = "local";

    private static final int WORKERS = 2;
    private static final int START_SECONDS = 240;

    /** What an undisturbed survey takes at least: there must be a middle to be killed in. */
    private static final double SURVEY_SECONDS = 12;

    private final List<Part> parts = new ArrayList<>();
    private final Path folder;
    private final Path logs;
    private final Java java;
    private final Internet internet;
    private final String kafka;
    private final String clickhouse;
    private final FlinkParts flink;
    private final Part broker;
    private final Part engine;
    private final Part jobManager;
    private final List<Part> taskManagers = new ArrayList<>();
    private final List<Part> workers = new ArrayList<>();
    private final Part keepJob;
    private final Tables tables;

    private Cluster(Path folder, int domains) throws IOException {
        this.folder = folder;
        this.logs = Files.createDirectories(folder.resolve("logs"));
        this.java = new Java(Files.createDirectories(folder.resolve("tmp")));
        Ports ports = new Ports();
        internet = new Internet(domains, Files.createDirectories(folder.resolve("simulator")), logs, java, ports);
        parts.add(internet.part());

        int kafkaPort = ports.next();
        kafka = "127.0.0.1:" + kafkaPort;
        broker = server("broker", "256m", BrokerMain.class, folder.resolve("kafka"), kafkaPort);
        int clickhousePort = ports.next();
        clickhouse = "jdbc:clickhouse://127.0.0.1:" + clickhousePort + "/mailpulse";
        tables = new Tables("http://127.0.0.1:" + clickhousePort + "/?database=mailpulse");
        engine = server("engine", "64m", EngineMain.class, folder.resolve("clickhouse"), clickhousePort);

        flink = new FlinkParts(folder.resolve("flink"), logs, java, ports);
        jobManager = add(flink.jobManager());
        for (int number = 1; number <= FlinkParts.TASK_MANAGERS; number++) {
            taskManagers.add(add(flink.taskManager(number)));
        }
        keepJob = add(flink.keepJob(kafka, clickhouse));
        for (int number = 1; number <= WORKERS; number++) {
            workers.add(add(worker(number, domains / SURVEY_SECONDS / WORKERS)));
        }
    }

    /** Returns when the job runs and the workers read. */
    static Cluster start(Path folder, int domains) throws Exception {
        Cluster cluster = new Cluster(folder, domains);
        try {
            cluster.startAll();
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private void startAll() throws Exception {
        broker.start();
        engine.start();
        jobManager.start();
        for (Part taskManager : taskManagers) {
            taskManager.start();
        }
        internet.start();
        broker.await(() -> answers(kafka), START_SECONDS);
        engine.await(() -> tables.ask("SELECT 1").equals(List.of("1")), START_SECONDS);
        jobManager.await(() -> allLive() && flink.slots() == FlinkParts.TASK_MANAGERS, START_SECONDS);
        prepare();
        keepJob.start();
        for (Part worker : workers) {
            worker.start();
        }
        try (Checkpoints checkpoints = Checkpoints.watch(flink.restUrl())) {
            keepJob.await(checkpoints::any, START_SECONDS);
        }
    }

    private boolean allLive() {
        Part dead =
                taskManagers.stream().filter(part -> !part.isAlive()).findAny().orElse(null);
        if (dead != null) {
            throw new AssertionError(dead + " ended");
        }
        return true;
    }

    private void prepare() throws IOException, InterruptedException {
        List<String> apply = List.of("schema", "apply", "--kafka", kafka, "--clickhouse", clickhouse);
        Part schema = new Part("schema", logs, java.mailpulse("128m", apply), Map.of());
        schema.start();
        schema.await(() -> schema.lastWords().contains("tables are there"), START_SECONDS);
    }

    private static boolean answers(String address) throws IOException {
        String[] hostAndPort = address.split(":");
        try (Socket socket = new Socket(InetAddress.getByName(hostAndPort[0]), Integer.parseInt(hostAndPort[1]))) {
            return socket.isConnected();
        }
    }

    private Part server(String name, String heap, Class<?> main, Path data, int port) {
        return add(new Part(name, logs, java.test(heap, main, List.of(data.toString(), "" + port)), Map.of()));
    }

    private Part worker(int number, double rate) {
        List<String> command = new ArrayList<>(List.of("worker", "--kafka", kafka, "--vantage", VANTAGE));
        command.addAll(internet.howToProbe());
        command.addAll(List.of("--trust-store", internet.trustStore().toString(), "--allow-private"));
        command.addAll(List.of("--gap", "0", "--rate", "" + rate, "--confirm-after", "0.2"));
        // All share two cores: a crowd would wait too long for its answers, and find some domains unknown.
        command.addAll(List.of("--in-flight", "300", "--concurrency", "100", "--dns-timeout", "60"));
        command.addAll(List.of("--ehlo-name", "prober.test", "--data", folder.toString()));
        return new Part("worker-" + number, logs, java.mailpulse("256m", command), Map.of());
    }

    /** {@code survey start}, not yet started: it is there for one survey only. */
    Part coordinator(String survey) {
        List<String> command = new ArrayList<>(List.of("survey", "start", "--survey", survey, "--vantage", VANTAGE));
        command.addAll(List.of("--targets", internet.targets().toString()));
        command.addAll(List.of("--trust-store", internet.trustStore().toString()));
        command.addAll(List.of("--kafka", kafka, "--clickhouse", clickhouse));
        command.addAll(List.of("--data", folder.resolve("coordinator").toString()));
        return add(new Part("coordinator-" + survey, logs, java.mailpulse("256m", command), Map.of()));
    }

    private Part add(Part part) {
        parts.add(part);
        return part;
    }

    /** Those of one kind; the coordinator is the survey's own. */
    List<Part> parts(Victim kind) {
        return switch (kind) {
            case WORKER -> workers;
            case TASK_MANAGER -> taskManagers;
            case JOB_MANAGER -> List.of(jobManager);
            case BROKER -> List.of(broker);
            case ENGINE -> List.of(engine);
            case COORDINATOR -> throw new IllegalArgumentException("there is one for each survey");
        };
    }

    /** All that must never end by itself, or be started again if it does. */
    List<Part> servers() {
        List<Part> servers = new ArrayList<>(List.of(internet.part(), broker, engine, jobManager, keepJob));
        servers.addAll(taskManagers);
        servers.addAll(workers);
        return servers;
    }

    /** How many domains a survey asks. */
    int targets() throws IOException {
        return internet.targetCount();
    }

    String kafka() {
        return kafka;
    }

    String flinkUrl() {
        return flink.restUrl();
    }

    Tables tables() {
        return tables;
    }

    @Override
    public void close() {
        parts.forEach(Part::close);
    }
}
