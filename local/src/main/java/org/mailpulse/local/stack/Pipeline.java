package org.mailpulse.local.stack;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.worker.Worker;
import org.mailpulse.probe.worker.WorkerSettings;
import org.mailpulse.stream.JobSettings;
import org.mailpulse.stream.SurveyStatisticsJob;

/** The stations between target list and tables, running: a probe worker and the statistics job. */
public final class Pipeline implements Closeable {
    /** Two: more threads than that only wait on the machines that this is meant for. */
    static final int PARALLELISM = 2;

    private final Closing closing;
    private final Worker worker;
    private final Flink flink;

    private Pipeline(Closing closing, Worker worker, Flink flink) {
        this.closing = closing;
        this.worker = worker;
        this.flink = flink;
    }

    /**
     * @param notices hears what whoever runs the survey should know, in one sentence each
     * @throws IOException with one clear line, e.g. on a trust store that cannot be read
     */
    public static Pipeline start(DataFolder data, Services services, ProbeSettings probing, Consumer<String> notices)
            throws IOException {
        Closing closing = new Closing();
        try {
            // The worker first: it has much to ask before the first rows must be counted.
            Worker worker = closing.add(Worker.start(probing, WorkerSettings.of(services.kafka()), notices));
            Flink flink = closing.add(flink(data.flink(), services));
            return new Pipeline(closing, worker, flink);
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static Flink flink(Path folder, Services services) throws IOException {
        JobSettings settings = JobSettings.local(
                services.kafka(), services.warehouse().writingUrl(), folder.resolve("checkpoints"), PARALLELISM);
        try {
            return Flink.start(SurveyStatisticsJob.streamGraph(settings), settings.parallelism(), folder);
        } catch (Exception e) {
            throw new IOException("the Flink job did not start: " + e.getMessage(), e);
        }
    }

    public Worker worker() {
        return worker;
    }

    /** @throws IOException if the worker or the job has ended, which neither should by itself */
    public void requireHealthy() throws IOException {
        if (worker.finished().isCompletedExceptionally()) {
            throw new IOException("the probe worker stopped; see the log");
        }
        JobResult ended = flink.ended().getNow(null);
        if (ended != null) {
            throw new IOException("the Flink job ended"
                    + ended.getSerializedThrowable()
                            .map(problem -> ": " + problem.getMessage())
                            .orElse(""));
        }
    }

    @Override
    public void close() throws IOException {
        closing.close();
    }
}
