package org.mailpulse.stream.vantage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.verdict.VantageJudge;
import org.mailpulse.model.wire.BadRecordException;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.Rank;
import org.mailpulse.stream.intake.Sighting;

/**
 * Keeps what each vantage point saw last of a domain, and judges all of it together whenever that changes: what comes out
 * are the verdicts that are new or different, of every vantage point and of the consensus. So an observation may correct
 * the verdict of another vantage point, whose own observation is older or newer.
 *
 * <p>The observations stay until a later survey closes, as the verdicts do that are made of them.
 */
public final class CompareObservations extends KeyedProcessFunction<DomainInSurvey, Sighting, JudgedDomain> {
    private static final long serialVersionUID = 1L;

    private final Method method;
    private transient MapState<String, Sighting> newestByVantage;
    private transient Counter late;

    public CompareObservations(Method method) {
        this.method = method;
    }

    @Override
    public void open(OpenContext context) {
        newestByVantage = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("newest", Types.STRING, TypeInformation.of(Sighting.class)));
        late = getRuntimeContext().getMetricGroup().counter("late");
    }

    @Override
    public void processElement(Sighting seen, Context context, Collector<JudgedDomain> out) throws Exception {
        Sighting before = newestByVantage.get(seen.vantage());
        if (before != null && !seen.rank().isAfter(before.rank())) {
            return;
        }
        if (seen.late()) {
            late.inc();
            context.output(Aside.TAG, aside(Aside.Cause.LATE, seen, "from " + seen.vantage()));
            return;
        }
        Map<String, Sighting> sightings = new TreeMap<>();
        newestByVantage.entries().forEach(known -> sightings.put(known.getKey(), known.getValue()));
        boolean first = sightings.isEmpty();
        List<JudgedDomain> changed = new ArrayList<>();
        try {
            Map<String, Observation> observations = new TreeMap<>();
            for (Sighting known : sightings.values()) {
                observations.put(known.vantage(), Wire.readObservation(known.json()));
            }
            List<DomainVerdict> former = VantageJudge.judge(VantageJudge.believe(observations.values()), method);
            sightings.put(seen.vantage(), seen);
            observations.put(seen.vantage(), Wire.readObservation(seen.json()));
            Rank rank = CombinedRank.of(
                    sightings.values().stream().map(Sighting::rank).toList());
            List<Observation> believed = VantageJudge.believe(observations.values());
            List<DomainVerdict> verdicts = VantageJudge.judge(believed, method);
            for (int i = 0; i < verdicts.size(); i++) {
                if (!former.contains(verdicts.get(i))) {
                    changed.add(JudgedDomain.of(verdicts.get(i), believed.get(i), rank, null));
                }
            }
        } catch (RuntimeException | BadRecordException e) {
            context.output(Aside.TAG, aside(Aside.Cause.BAD_OBSERVATION, seen, "cannot be judged: " + e));
            return;
        }
        newestByVantage.put(seen.vantage(), seen);
        if (first) {
            long closed = SurveyName.eventTime(seen.survey()).toEpochMilli();
            context.timerService().registerEventTimeTimer(closed + 1);
        }
        changed.forEach(out::collect);
    }

    /** A later survey has closed. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JudgedDomain> out) {
        newestByVantage.clear();
    }

    private static Aside aside(Aside.Cause cause, Sighting seen, String detail) {
        return new Aside(cause, seen.place(), seen.survey(), seen.domain(), detail);
    }
}
