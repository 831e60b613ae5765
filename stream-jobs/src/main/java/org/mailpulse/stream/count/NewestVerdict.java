package org.mailpulse.stream.count;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.Closing;
import org.mailpulse.stream.intake.JudgedDomain;

/**
 * Per domain and survey the newest verdict holds; duplicates and older ones end here. A survey that is closed no longer
 * changes: what is newer is set aside as late. When it closes, each domain is compared with the survey before.
 *
 * <pre>
 *   observed in S ──▶ timer at S          when S closes: compare with the survey before, forget that one
 *                       └──▶ timer at S+1 when the next survey closes, and the domain is not in it: it is gone, forget S
 * </pre>
 *
 * <p>Timers of event time tell that a survey has closed, but not which ones there are: a domain that is in none of the
 * last two cannot know what it missed. Hence the closings, told to every instance, and kept for as long as the job lives.
 */
public final class NewestVerdict extends KeyedBroadcastProcessFunction<DomainKey, JudgedDomain, Closing, Correction> {
    private static final long serialVersionUID = 1L;

    public static final OutputTag<Comparison> COMPARISONS =
            new OutputTag<>("comparisons", TypeInformation.of(Comparison.class));

    public static final OutputTag<HostsInUse> HOSTS =
            new OutputTag<>("hosts-in-use", TypeInformation.of(HostsInUse.class));

    /** Survey → event time at which it closes. */
    public static final MapStateDescriptor<String, Long> CLOSINGS =
            new MapStateDescriptor<>("closings", Types.STRING, Types.LONG);

    /** Survey → from where it was asked; missing in state of the first layout, which knew one vantage point only. */
    public static final MapStateDescriptor<String, Closing> CLOSED_FROM =
            new MapStateDescriptor<>("closed-from", Types.STRING, TypeInformation.of(Closing.class));

    /** A vantage point that has not been heard of for so long is not compared any more. */
    private static final Duration MEMORY = Duration.ofDays(800);

    private transient MapState<String, Counted> countedBySurvey;
    private transient Counter late;
    private transient SharedParts shared;
    /** Vantage point → the closings that concern it by event time; made of the broadcast state when it is asked for. */
    private transient Map<String, NavigableMap<Long, String>> closingsByVantage;
    /** Those of the vantage point whose timer has gone off. */
    private transient NavigableMap<Long, String> closings;

    @Override
    public void open(OpenContext context) {
        MapStateDescriptor<String, Counted> descriptor =
                new MapStateDescriptor<>("counted", Types.STRING, TypeInformation.of(Counted.class));
        // By default each access on the heap looks at five other domains too, which takes more than all the rest in
        // here.
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY)
                .disableCleanupInBackground()
                .cleanupFullSnapshot()
                .cleanupInRocksdbCompactFilter(10_000)
                .build());
        countedBySurvey = getRuntimeContext().getMapState(descriptor);
        closingsByVantage = new HashMap<>();
        shared = new SharedParts();
        late = getRuntimeContext().getMetricGroup().counter("late");
    }

    @Override
    public void processElement(JudgedDomain judged, ReadOnlyContext context, Collector<Correction> out)
            throws Exception {
        DomainVerdict verdict = judged.verdict();
        Counted before = countedBySurvey.get(verdict.survey());
        if (before != null && !judged.rank().isAfter(before.rank())) {
            return;
        }
        if (judged.isLate()) {
            late.inc();
            context.output(Aside.TAG, late(judged));
            return;
        }
        Counted now = shared.counted(VerdictDigest.of(verdict), judged.rank(), judged.hosts());
        countedBySurvey.put(shared.name(verdict.survey()), now);
        if (before == null) {
            context.timerService().registerEventTimeTimer(time(verdict.survey()));
        }
        out.collect(new Correction(before == null ? null : before.digest(), now.digest(), verdict));
    }

    @Override
    public void processBroadcastElement(Closing closing, Context context, Collector<Correction> out) throws Exception {
        context.getBroadcastState(CLOSINGS).put(closing.survey(), time(closing.survey()));
        context.getBroadcastState(CLOSED_FROM).put(closing.survey(), closing);
        closingsByVantage.clear();
    }

    /** Some survey has closed. Timers of one domain come in the order of their surveys. */
    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Correction> out) throws Exception {
        String vantage = context.getCurrentKey().vantage();
        closings = closingsByVantage.get(vantage);
        if (closings == null) {
            closings = byTime(context, vantage);
            closingsByVantage.put(vantage, closings);
        }
        String closed = closings.get(timestamp);
        Counted now = closed == null ? null : countedBySurvey.get(closed);
        String closedBefore = closings.get(timestamp - 1);
        if (now != null) {
            compareWithTheOneBefore(closed, now, context);
        } else if (closedBefore != null && countedBySurvey.contains(closedBefore)) {
            missInTheNext(closedBefore, context);
        } else {
            missAll(timestamp, context);
        }
    }

    private void compareWithTheOneBefore(String survey, Counted now, OnTimerContext context) throws Exception {
        context.timerService().registerEventTimeTimer(time(survey) + 1);
        if (!now.hosts().isEmpty()) {
            DomainKey key = context.getCurrentKey();
            context.output(HOSTS, new HostsInUse(survey, key.vantage(), now.digest(), now.hosts()));
        }
        Map.Entry<Long, String> last = closings.lowerEntry(time(survey));
        String previous = last == null ? null : last.getValue();
        Counted before = previous == null ? null : countedBySurvey.get(previous);
        tell(context, survey, previous, before == null ? null : before.digest(), now.digest());
        if (before != null) {
            countedBySurvey.remove(previous); // older ones went when that one was compared
        }
    }

    /** The rare case, which has to look at all that is remembered: a survey without a word of its own. */
    private void missAll(long timestamp, OnTimerContext context) throws Exception {
        for (String survey : remembered()) {
            if (time(survey) == timestamp) {
                context.timerService().registerEventTimeTimer(timestamp + 1);
            } else if (time(survey) < timestamp) {
                missInTheNext(survey, context);
            }
        }
    }

    private void missInTheNext(String survey, OnTimerContext context) throws Exception {
        if (!isClosed(survey)) {
            forget(survey);
            return;
        }
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            return; // the end of a run over history: nothing is to come
        }
        Map.Entry<Long, String> next = closings.higherEntry(time(survey));
        if (next == null || next.getKey() > context.timerService().currentWatermark()) {
            context.timerService().registerEventTimeTimer(context.timerService().currentWatermark() + 1);
        } else if (!countedBySurvey.contains(next.getValue())) {
            tell(context, next.getValue(), survey, countedBySurvey.get(survey).digest(), null);
            forget(survey);
        }
    }

    private void forget(String survey) throws Exception {
        countedBySurvey.remove(survey);
        if (countedBySurvey.isEmpty()) {
            countedBySurvey.clear(); // on the heap an emptied map would stay
        }
    }

    private static void tell(
            OnTimerContext context, String survey, String previous, VerdictDigest before, VerdictDigest now) {
        DomainKey key = context.getCurrentKey();
        context.output(COMPARISONS, new Comparison(survey, previous, key.vantage(), key.domain(), before, now));
    }

    /** A survey may also be closed by a later one alone, without a word of its own: nothing is compared with it. */
    private boolean isClosed(String survey) {
        return survey.equals(closings.get(time(survey)));
    }

    private List<String> remembered() throws Exception {
        List<String> surveys = new ArrayList<>();
        countedBySurvey.keys().forEach(surveys::add);
        return surveys;
    }

    private static NavigableMap<Long, String> byTime(OnTimerContext context, String vantage) throws Exception {
        ReadOnlyBroadcastState<String, Closing> from = context.getBroadcastState(CLOSED_FROM);
        NavigableMap<Long, String> byTime = new TreeMap<>();
        for (Map.Entry<String, Long> closing :
                context.getBroadcastState(CLOSINGS).immutableEntries()) {
            Closing told = from.get(closing.getKey());
            if (told == null || told.concerns(vantage)) {
                byTime.put(closing.getValue(), closing.getKey());
            }
        }
        return byTime;
    }

    private static long time(String survey) {
        return SurveyName.eventTime(survey).toEpochMilli();
    }

    private static Aside late(JudgedDomain judged) {
        DomainVerdict verdict = judged.verdict();
        return new Aside(
                Aside.Cause.LATE,
                judged.latePlace(),
                verdict.survey(),
                verdict.domain(),
                "from " + verdict.vantage() + ", observed " + verdict.observedAt());
    }
}
