package org.mailpulse.stream.intake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.warehouse.ArchivedObservation;

/**
 * Observation → verdict. Clock records end here: what they say travels on as the watermark, and as {@link Closing}.
 *
 * <p>An observation is late if a clock record that closes its survey lies before it on its partition. So it depends on the
 * topic alone what the tables come to, and not on which partition was read faster: a job that reads the topic again, from
 * wherever, decides the same.
 *
 * <p>Of a survey from several vantage points an observation is not judged alone, but leaves by {@link Sighting#TAG}.
 *
 * <p>How far each partition is closed is kept as state, since a job that is restored behind a clock record does not see it
 * again. It is union state: any instance may get any partition next time.
 */
public final class JudgeObservations extends ProcessFunction<RawRecord, JudgedDomain> implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** All observations that are not late, as they came. */
    public static final OutputTag<ArchivedObservation> ARCHIVE =
            new OutputTag<>("archived-observations", TypeInformation.of(ArchivedObservation.class));

    private final Judging judging;
    private transient ListState<PartitionClosing> closingState;
    private transient Map<Integer, Long> closedThrough;
    private transient Set<Closing> told;

    public JudgeObservations() {
        this(Judging.PRESENT);
    }

    public JudgeObservations(Judging judging) {
        this.judging = judging;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        closingState = context.getOperatorStateStore()
                .getUnionListState(
                        new ListStateDescriptor<>("closed-through", TypeInformation.of(PartitionClosing.class)));
        closedThrough = new HashMap<>();
        told = new HashSet<>();
        for (PartitionClosing restored : closingState.get()) {
            closedThrough.merge(restored.partition(), restored.through(), Math::max);
        }
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<JudgedDomain> out) {
        Aside.Cause cause = record.clock() ? Aside.Cause.BAD_CLOCK : Aside.Cause.BAD_OBSERVATION;
        try {
            if (record.clock()) {
                close(record, context);
            } else {
                judge(record, context, out);
            }
        } catch (BadRecordException e) {
            context.output(Aside.TAG, Aside.bad(cause, record, e));
        }
    }

    private void close(RawRecord record, Context context) throws BadRecordException {
        Clock clock = Wire.readClock(record.value());
        closedThrough.merge(record.partition(), time(clock.closes()), Math::max);
        Closing closing = new Closing(clock.closes(), clock.vantages());
        // clock records are repeated; and with a survey that is not read nothing is to be compared
        if (judging.reads(closing.survey()) && told.add(closing)) {
            context.output(Closing.TAG, closing);
        }
    }

    private void judge(RawRecord record, Context context, Collector<JudgedDomain> out) throws BadRecordException {
        Observation seen = Wire.readObservation(record.value());
        if (!judging.reads(seen.survey())) {
            return;
        }
        boolean late = time(seen.survey()) <= closedThrough.getOrDefault(record.partition(), Long.MIN_VALUE);
        Rank rank = Rank.of(seen.observedAt(), record.value());
        if (seen.vantages().size() > 1) {
            context.output(Sighting.TAG, Sighting.of(seen, rank, record, late));
        } else {
            out.collect(judged(seen, rank, late ? record.place() : null));
        }
        if (!late) {
            context.output(
                    ARCHIVE,
                    new ArchivedObservation(
                            seen.survey(),
                            seen.vantage(),
                            seen.domain(),
                            seen.observedAt(),
                            rank.fingerprint(),
                            record.value()));
        }
    }

    private JudgedDomain judged(Observation seen, Rank rank, String latePlace) throws BadRecordException {
        try {
            return JudgedDomain.of(seen, judging.method(), rank, latePlace);
        } catch (RuntimeException e) {
            throw new BadRecordException("observation of '" + seen.domain() + "' cannot be judged: " + e, e);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        closingState.clear();
        for (Map.Entry<Integer, Long> closed : closedThrough.entrySet()) {
            closingState.add(new PartitionClosing(closed.getKey(), closed.getValue()));
        }
    }

    private static long time(String survey) {
        return SurveyName.eventTime(survey).toEpochMilli();
    }
}
