package org.mailpulse.local.stack;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.mailpulse.stream.JobSettings;
import org.mailpulse.stream.RejudgeJob;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.warehouse.Statistics;

/** Judges surveys again that have ended, on a Flink cluster in this process. */
public final class Rejudging {
    private static final long LOOK_MILLIS = 300;

    private final DataFolder data;
    private final Services services;
    private final RejudgePlan plan;
    private volatile boolean stopped;

    public Rejudging(DataFolder data, Services services, RejudgePlan plan) {
        this.data = data;
        this.services = services;
        this.plan = plan;
    }

    /**
     * Blocks until all rows are in the tables, or it was stopped.
     *
     * @param judged hears now and then how many domains have been judged
     * @return false if it was stopped; what has been written then does no harm, and is written again the next time
     * @throws IOException if the job failed, or not every domain has a verdict in the end
     */
    public boolean run(LongConsumer judged) throws IOException, SQLException, InterruptedException {
        JobSettings settings =
                JobSettings.bounded(services.kafka(), services.warehouse().writingUrl(), Pipeline.PARALLELISM);
        try (Flink flink = start(settings)) {
            CompletableFuture<JobResult> ended = flink.ended();
            while (!isDone(ended)) {
                if (stopped) {
                    return false;
                }
                judged.accept(Math.min(plan.domains(), flink.counter(RejudgeJob.VERDICTS)));
            }
            requireSuccess(ended.getNow(null));
        }
        requireComplete();
        judged.accept(plan.domains());
        return true;
    }

    /** From any thread: {@link #run} then returns soon. */
    public void stop() {
        stopped = true;
    }

    private Flink start(JobSettings settings) throws IOException {
        try {
            return Flink.start(RejudgeJob.streamGraph(settings, plan), settings.parallelism(), data.flink());
        } catch (Exception e) {
            throw new IOException("the Flink job did not start: " + e.getMessage(), e);
        }
    }

    private static boolean isDone(CompletableFuture<JobResult> ended) throws IOException, InterruptedException {
        try {
            ended.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("the Flink job was lost: " + e.getCause().getMessage(), e);
        }
    }

    private static void requireSuccess(JobResult result) throws IOException {
        if (!result.isSuccess()) {
            throw new IOException("the Flink job failed"
                    + result.getSerializedThrowable()
                            .map(problem -> ": " + problem.getMessage())
                            .orElse(""));
        }
    }

    /** The last line of defence: as many verdicts as there were. */
    private void requireComplete() throws IOException, SQLException {
        Statistics statistics = new Statistics(services.warehouse());
        long verdicts = 0;
        for (String survey : plan.surveys()) {
            verdicts += statistics.verdictsBy(plan.method().version(), survey);
        }
        if (verdicts < plan.domains()) {
            throw new IOException("of " + plan.domains() + " domains only " + verdicts
                    + " could be judged again: their observations are not all there");
        }
    }
}
