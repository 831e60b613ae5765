package org.mailpulse.local.stack;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.mailpulse.model.Schema;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.VantageName;
import org.mailpulse.stream.JobProgress;
import org.mailpulse.survey.coordinator.ClosingClock;
import org.mailpulse.survey.coordinator.Coordinator;
import org.mailpulse.survey.coordinator.CoordinatorException;
import org.mailpulse.survey.coordinator.CoordinatorSettings;
import org.mailpulse.survey.coordinator.Progress;
import org.mailpulse.survey.coordinator.SurveyOutcome;
import org.mailpulse.survey.targets.TargetList;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.SurveyStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One survey from its target list to its last row in the tables. */
public final class SurveyRun {
    private static final Logger LOG = LoggerFactory.getLogger(SurveyRun.class);

    /** How long the statistics may take to catch up after the last observation, without any progress. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration CLOCK_EVERY = Duration.ofMillis(500);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Looks after the parts that work for the survey. */
    public interface Health {
        /** @throws IOException if a part has failed, so that waiting is in vain */
        void require() throws IOException;
    }

    private final Services services;
    private final Health health;
    private final String survey;
    private final List<String> vantages;
    private final TargetList targets;
    private final String trustStore;
    private final SurveyStore store;
    private final Statistics statistics;
    private volatile Coordinator coordinator;
    private volatile boolean stopped;

    /** @param vantages from which every target is asked, one or several */
    public SurveyRun(
            Services services,
            Health health,
            String survey,
            List<String> vantages,
            TargetList targets,
            String trustStore) {
        this.services = services;
        this.health = health;
        this.survey = survey;
        this.vantages = VantageName.checkAll(vantages);
        this.targets = targets;
        this.trustStore = trustStore;
        this.store = new SurveyStore(services.warehouse());
        this.statistics = new Statistics(services.warehouse());
    }

    /** Whether the survey has been finished before, from this vantage point. */
    public static boolean isClosed(Services services, String survey, String vantage) throws SQLException {
        return new SurveyStore(services.warehouse())
                .find(survey, vantage)
                .map(SurveyRow::closedAt)
                .isPresent();
    }

    /**
     * Runs, or continues, the survey. Blocks until all of it can be read from the tables, or it was stopped.
     *
     * @return false if it was stopped; what has been observed is kept
     * @throws IOException if a part failed, or the survey was begun with another list
     */
    public boolean run(Consumer<Progress> listener) throws IOException, SQLException, InterruptedException {
        begin();
        try {
            coordinator =
                    new Coordinator(CoordinatorSettings.of(services.kafka(), survey, vantages), targets, listener);
            if (stopped) {
                coordinator.stop();
            }
            SurveyOutcome outcome = coordinator.run();
            return !outcome.stopped() && finish();
        } catch (CoordinatorException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** From any thread: {@link #run} then returns soon. What has been observed is kept. */
    public void stop() {
        stopped = true;
        Coordinator running = coordinator;
        if (running != null) {
            running.stop();
        }
    }

    private void begin() throws IOException, SQLException {
        for (String vantage : VantageName.withConsensus(vantages)) {
            begin(vantage);
        }
    }

    private void begin(String vantage) throws IOException, SQLException {
        Optional<SurveyRow> known = store.find(survey, vantage);
        if (known.isEmpty()) {
            store.start(new SurveyRow(
                    survey,
                    vantage,
                    targets.listId(),
                    targets.size(),
                    targets.rejected(),
                    Instant.now(),
                    null,
                    trustStore,
                    Schema.RECORDS,
                    Schema.METHOD));
        } else if (!known.get().listId().equals(targets.listId())) {
            throw new IOException("survey " + survey + " was begun with another target list ("
                    + known.get().targets() + " domains); a survey keeps its list");
        }
    }

    /** @return false if it was stopped before the tables were whole */
    private boolean finish() throws IOException, SQLException, InterruptedException {
        LOG.info("survey {}: all {} targets have an answer from {}", survey, targets.size(), vantages);
        try (ClosingClock clock = ClosingClock.start(services.kafka(), survey, vantages, CLOCK_EVERY)) {
            awaitTables();
        }
        if (stopped) {
            return false;
        }
        for (String vantage : VantageName.withConsensus(vantages)) {
            requireComplete(vantage);
        }
        for (String vantage : VantageName.withConsensus(vantages)) {
            store.close(survey, vantage, Instant.now());
        }
        LOG.info("survey {}: closed, all its rows are in the tables", survey);
        return true;
    }

    /** Everything on the topics must be in the tables, and then each target must have its verdict and its count. */
    private void awaitTables() throws IOException, SQLException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, services.kafka()))) {
            JobProgress tables = new JobProgress(admin);
            long lag = Long.MAX_VALUE;
            Instant movedAt = Instant.now();
            while (!stopped && !isDrained(tables)) {
                health.require();
                long left = tables.lag();
                if (left < lag) {
                    lag = left;
                    movedAt = Instant.now();
                } else if (Duration.between(movedAt, Instant.now()).compareTo(PATIENCE) > 0) {
                    throw new IOException("the statistics of survey " + survey + " stand still, " + left
                            + " records before their end; see the log");
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Kafka does not tell how far the statistics are: " + e.getMessage(), e);
        }
    }

    private static boolean isDrained(JobProgress tables) throws ExecutionException, InterruptedException {
        try {
            tables.awaitDrained(LOOK_EVERY);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** The last line of defence: what the tables say must be what was asked. */
    private void requireComplete(String vantage) throws IOException, SQLException {
        long verdicts = statistics.verdicts(survey, vantage);
        long counted = statistics.totals(survey, vantage, RollupKey.EVERYTHING).get(Metric.DOMAINS);
        if (verdicts != targets.size() || counted != targets.size()) {
            throw new IOException("survey " + survey + " from " + vantage + " is not whole: of " + targets.size()
                    + " targets " + verdicts + " have a verdict and " + counted + " are counted");
        }
    }
}
