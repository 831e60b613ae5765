package org.mailpulse.local.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The checkpoints that the job has completed, as the JobManager tells. That is how it is seen that the job does its work:
 * whenever one is complete, what was on the topics when it began is in the tables.
 */
final class Checkpoints implements AutoCloseable {
    /** One that is complete. */
    record Done(Instant begun, Instant complete) {}

    private static final long LOOK_EVERY_MILLIS = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Done> done = new CopyOnWriteArrayList<>();
    private final String url;
    private final Thread watcher = new Thread(this::watch, "checkpoints");

    private Checkpoints(String url) {
        this.url = url;
        watcher.setDaemon(true);
    }

    static Checkpoints watch(String jobManagerUrl) {
        Checkpoints checkpoints = new Checkpoints(jobManagerUrl);
        checkpoints.watcher.start();
        return checkpoints;
    }

    boolean any() {
        return !done.isEmpty();
    }

    /** When the first one was complete that had begun after this moment. */
    Optional<Instant> firstAfter(Instant moment) {
        return done.stream()
                .filter(one -> one.begun().isAfter(moment))
                .map(Done::complete)
                .min(Instant::compareTo);
    }

    private void watch() {
        try {
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void look() throws InterruptedException {
        try {
            for (JsonNode job : get("/jobs").path("jobs")) {
                JsonNode newest = get("/jobs/" + job.path("id").asText() + "/checkpoints")
                        .path("latest")
                        .path("completed");
                if (newest.isObject()) {
                    note(new Done(
                            Instant.ofEpochMilli(
                                    newest.path("trigger_timestamp").asLong()),
                            Instant.ofEpochMilli(
                                    newest.path("latest_ack_timestamp").asLong())));
                }
            }
        } catch (IOException e) {
            // the JobManager is away
        }
    }

    private void note(Done newest) {
        if (!done.contains(newest)) {
            done.add(newest);
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
