package org.mailpulse.stream.count;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.Closing;
import org.mailpulse.stream.intake.JudgedDomain;

/** One instance of {@link NewestVerdict}. */
final class Comparing extends KeyedBroadcastOperatorTestHarness<DomainKey, JudgedDomain, Closing, Correction> {
    static final int MAX_PARALLELISM = 8;

    Comparing(int instances, int instance) throws Exception {
        super(
                new CoBroadcastWithKeyedOperator<>(new NewestVerdict(), List.of(NewestVerdict.CLOSINGS)),
                judged -> new DomainKey(
                        judged.verdict().vantage(), judged.verdict().domain()),
                TypeInformation.of(DomainKey.class),
                MAX_PARALLELISM,
                instances,
                instance);
    }

    static Comparing opened() throws Exception {
        Comparing one = new Comparing(1, 0);
        one.open();
        return one;
    }

    void observe(Observation seen) throws Exception {
        processElement(Fixtures.judged(seen), 0);
    }

    void observe(String survey, String domain, Instant at, MailDns dns) throws Exception {
        observe(seen(survey, domain, at, dns));
    }

    static Observation seen(String survey, String domain, Instant at, MailDns dns) {
        Target target = Target.of(survey, 0, domain, List.of("p"));
        return Observation.of(target, "oslo", at, dns, null, null, null, null, null);
    }

    void close(String survey) throws Exception {
        processBroadcastElement(new Closing(survey), 0);
        watermark(SurveyName.eventTime(survey).toEpochMilli());
    }

    int numKeyedStateEntries() {
        var operator = (CoBroadcastWithKeyedOperator<?, ?, ?, ?>) getTwoInputOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    List<Correction> corrections() {
        return extractOutputValues();
    }

    List<Comparison> comparisons() {
        return side(NewestVerdict.COMPARISONS);
    }

    List<Aside> aside() {
        return side(Aside.TAG);
    }

    /** What the cells come to. */
    Map<RollupKey, Counts> cells() {
        Sums<RollupKey> sums = new Sums<>();
        corrections().forEach(correction -> RollupCells.count(correction, sums));
        Map<RollupKey, Counts> cells = new HashMap<>();
        sums.drain(cells::put);
        return cells;
    }

    private <T> List<T> side(OutputTag<T> tag) {
        List<T> values = new ArrayList<>();
        var records = getSideOutput(tag);
        if (records != null) {
            records.forEach(record -> values.add(record.getValue()));
        }
        return values;
    }
}
