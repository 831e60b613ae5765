package org.mailpulse.survey.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.survey.targets.TargetList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one survey over a target list: publishes the targets in a shuffled order, a bounded number at a time, and counts the answers until
 * every target has one. All that it knows it reads from Kafka, so a run that was broken off is continued by another run
 * with the same survey and list.
 *
 * <p>One object is one run. {@link #run()} blocks its thread; {@link #stop()} may be called from any other.
 */
public final class Coordinator {
    private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final CoordinatorSettings settings;
    private final TargetList targets;
    private final Consumer<Progress> listener;
    private final RollCall rollCall;
    private final RateMeter rate = new RateMeter();

    private volatile boolean stopped;
    private volatile ObservationFeed feed;

    private RecordWriter writer;
    private Instant startedAt;
    private long startNanos;
    private long lastNewsNanos;
    private long lastProgressNanos;
    /** The latest survey by date that a clock record closes; null where there is none. */
    private String closedBy;

    private long badRecords;
    private Observation stranger;
    private List<String> otherVantages;

    /** @param listener hears of progress on the thread of {@link #run()}; must return soon */
    public Coordinator(CoordinatorSettings settings, TargetList targets, Consumer<Progress> listener) {
        this.settings = settings;
        this.targets = targets;
        this.listener = listener;
        this.rollCall = new RollCall(
                targets.size(),
                new Shuffle(settings.survey(), targets.size()),
                settings.vantages(),
                settings.window(),
                settings.attempts());
    }

    /**
     * Returns when every target has an answer (at the latest with the deadline), or soon after {@link #stop()} or an
     * interrupt of the thread.
     *
     * @throws IOException if Kafka does not answer or takes no more records; a later run continues
     * @throws CoordinatorException if what Kafka holds of this survey does not go with the list
     */
    public SurveyOutcome run() throws IOException, CoordinatorException {
        startedAt = Instant.now();
        startNanos = System.nanoTime();
        lastProgressNanos = startNanos;
        try (RecordWriter records = new RecordWriter(settings.bootstrap());
                ObservationFeed observations = new ObservationFeed(settings, new Ears())) {
            writer = records;
            feed = observations;
            catchUp();
            requireSameList();
            requireSameVantages();
            requireNotClosed();
            lastNewsNanos = System.nanoTime();
            while (!rollCall.isComplete() && !stopped) {
                step();
            }
            writer.flush();
        } catch (WakeupException e) {
            LOG.debug("asked to stop");
        } catch (InterruptException e) { // Kafka has set the thread's interrupt flag again
            stopped = true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            feed = null;
        }
        report(System.nanoTime());
        return outcome();
    }

    /** Ends the run soon, and leaves the survey to be continued. */
    public void stop() {
        stopped = true;
        ObservationFeed running = feed;
        if (running != null) {
            running.wakeUp();
        }
    }

    private void catchUp() {
        while (!feed.hasCaughtUp() && !stopped) {
            feed.poll(POLL);
            reportIfDue();
        }
    }

    private void step() throws IOException {
        rollCall.askNext(this::publish);
        feed.poll(POLL);
        long now = System.nanoTime();
        if (settings.deadline() != null
                && now - startNanos >= settings.deadline().toNanos()) {
            rollCall.giveUpAll(this::writeNotObserved);
        } else if (now - lastNewsNanos >= settings.quiet().toNanos()) {
            lastNewsNanos = now;
            rollCall.giveUp(this::writeNotObserved);
            rollCall.askAgain(this::publish);
        }
        writer.check();
        reportIfDue();
    }

    /** Who has answered already is not asked again. */
    private void publish(int seq, List<String> missing) {
        try {
            writer.write(target(seq, missing));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeNotObserved(int seq, List<String> missing) {
        Target target = target(seq, missing);
        try {
            for (String vantage : missing) {
                writer.write(Observation.notObserved(target, vantage, Instant.now()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Target target(int seq, List<String> missing) {
        return targets.target(settings.survey(), seq).askedFrom(settings.vantages(), missing);
    }

    private void requireSameList() throws CoordinatorException {
        if (stranger != null) {
            long seq = stranger.seq();
            String here = seq < targets.size() ? targets.domain((int) seq) : "not there";
            throw new CoordinatorException("survey " + settings.survey()
                    + " was begun with another target list (number " + seq + " was " + stranger.domain() + ", is "
                    + here + "); use that list, or another survey name");
        }
    }

    /** Each observation tells from where else its domain is looked at, and all of a survey must tell the same. */
    private void requireSameVantages() throws CoordinatorException {
        if (otherVantages != null) {
            String before = otherVantages.isEmpty() ? "one vantage point alone" : String.join(", ", otherVantages);
            throw new CoordinatorException("survey " + settings.survey() + " was begun from " + before + ", not from "
                    + String.join(", ", settings.vantages()) + "; a survey keeps its vantage points");
        }
    }

    /** Event time never turns back: with a survey every survey of an earlier date is closed. */
    private void requireNotClosed() throws CoordinatorException {
        if (closedBy == null || rollCall.isComplete() || stopped) {
            return;
        }
        if (!SurveyName.date(settings.survey()).isAfter(SurveyName.date(closedBy))) {
            String closed = closedBy.equals(settings.survey())
                    ? "is closed"
                    : "came too late: survey " + closedBy + " is closed";
            throw new CoordinatorException("survey " + settings.survey() + " " + closed + ", but "
                    + (rollCall.total() - rollCall.seen())
                    + " targets of the list are not in it; use a later survey name");
        }
    }

    private void reportIfDue() {
        long now = System.nanoTime();
        if (now - lastProgressNanos >= settings.progressEvery().toNanos()) {
            report(now);
        }
    }

    private void report(long now) {
        lastProgressNanos = now;
        double perSecond = rate.sample(now, rollCall.seen());
        listener.accept(new Progress(
                settings.survey(),
                rollCall.total(),
                rollCall.seen(),
                rollCall.slowest().unknown(),
                rollCall.inFlight(),
                rollCall.askedAgain(),
                perSecond,
                RateMeter.eta(rollCall.total() - rollCall.seen(), perSecond),
                startedAt));
    }

    private SurveyOutcome outcome() {
        return new SurveyOutcome(
                settings.survey(),
                rollCall.total(),
                rollCall.seen(),
                rollCall.unknown(),
                rollCall.notObserved(),
                rollCall.askedAgain(),
                badRecords,
                !rollCall.isComplete(),
                startedAt,
                Instant.now());
    }

    /** What the feed tells. */
    private final class Ears implements ObservationFeed.Reader {
        /** As every answer to our targets repeats it. */
        private final List<String> told = settings.vantages().size() > 1 ? settings.vantages() : List.of();

        @Override
        public void observation(Observation seen) {
            if (seen.seq() < 0
                    || seen.seq() >= targets.size()
                    || !targets.domain((int) seen.seq()).equals(seen.domain())) {
                stranger = seen;
                badRecord();
            } else if (!seen.vantages().equals(told)) {
                otherVantages = seen.vantages();
                badRecord();
            } else if (rollCall.answered(seen.vantage(), (int) seen.seq(), answer(seen))) {
                lastNewsNanos = System.nanoTime();
            }
        }

        @Override
        public void closed(String survey) {
            if (closedBy == null || SurveyName.date(survey).isAfter(SurveyName.date(closedBy))) {
                closedBy = survey;
            }
        }

        @Override
        public void badRecord() {
            badRecords++;
        }
    }

    private static RollCall.Answer answer(Observation seen) {
        if (seen.dns() == MailDns.NOT_OBSERVED) {
            return RollCall.Answer.NOT_OBSERVED;
        }
        return DomainJudge.judge(seen).adoption() == Adoption.UNKNOWN ? RollCall.Answer.UNKNOWN : RollCall.Answer.KNOWN;
    }
}
