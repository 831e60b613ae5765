package org.mailpulse.stream;

import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.TransitionKey;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.stream.count.Cells;
import org.mailpulse.stream.count.Correction;
import org.mailpulse.stream.count.Delta;
import org.mailpulse.stream.count.DistinctHosts;
import org.mailpulse.stream.count.DomainKey;
import org.mailpulse.stream.count.HostCorrection;
import org.mailpulse.stream.count.HostKey;
import org.mailpulse.stream.count.HostUse;
import org.mailpulse.stream.count.HostUses;
import org.mailpulse.stream.count.HostsInUse;
import org.mailpulse.stream.count.LocalSums;
import org.mailpulse.stream.count.NewestHost;
import org.mailpulse.stream.count.NewestVerdict;
import org.mailpulse.stream.count.RollupCells;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.stream.intake.ClockWatermarks;
import org.mailpulse.stream.intake.Closing;
import org.mailpulse.stream.intake.JudgeHandshakes;
import org.mailpulse.stream.intake.JudgeObservations;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.Judging;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.intake.Sighting;
import org.mailpulse.stream.vantage.CompareHosts;
import org.mailpulse.stream.vantage.CompareObservations;
import org.mailpulse.stream.vantage.DomainInSurvey;
import org.mailpulse.stream.vantage.EndpointInSurvey;
import org.mailpulse.warehouse.HostRollupRow;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.TransitionRow;

/** The graph of the job between its ends; see the package's diagram. */
public final class StatisticsGraph {
    /** Only where not everything is told. */
    static final String TOLD_VERDICTS = "told-verdicts";

    private static final long LOCAL_PATIENCE_MILLIS = 1_000;
    private static final Duration CELL_PATIENCE = Duration.ofSeconds(5);

    private StatisticsGraph() {}

    /** @param observations with the watermarks of {@link ClockWatermarks} */
    public static void define(DataStream<RawRecord> observations, DataStream<RawRecord> handshakes, Sinks sinks) {
        define(observations, handshakes, Judging.PRESENT, CELL_PATIENCE, sinks);
    }

    /** @param cellPatience how long a cell may wait for more before its row is written; a survey that closes never waits */
    static void define(
            DataStream<RawRecord> observations,
            DataStream<RawRecord> handshakes,
            Judging judging,
            Duration cellPatience,
            Sinks sinks) {
        SingleOutputStreamOperator<JudgedDomain> domains = observations
                .process(new JudgeObservations(judging))
                .setParallelism(observations.getParallelism())
                .uid("judge-observations")
                .name("judge observations");
        SingleOutputStreamOperator<JudgedDomain> compared = compared(domains.getSideOutput(Sighting.TAG), judging);
        SingleOutputStreamOperator<Correction> newest =
                newestVerdicts(domains.union(compared), domains.getSideOutput(Closing.TAG));
        DataStream<Correction> corrections =
                told(newest, judging, correction -> correction.verdict().survey(), TOLD_VERDICTS);
        corrections
                .map(Correction::verdict)
                .uid("verdict-rows")
                .sinkTo(sinks.verdicts())
                .uid("verdicts")
                .name("verdicts");
        rollups(corrections, cellPatience)
                .sinkTo(sinks.rollups())
                .uid("rollups")
                .name("rollups");

        DataStream<HostsInUse> hostsInUse =
                told(newest.getSideOutput(NewestVerdict.HOSTS), judging, HostsInUse::survey, "told-hosts-in-use");
        hostRollups(hostsInUse, cellPatience)
                .sinkTo(sinks.hostRollups())
                .uid("host-rollups")
                .name("host rollups");

        DataStream<Comparison> comparisons =
                told(newest.getSideOutput(NewestVerdict.COMPARISONS), judging, Comparison::survey, "told-comparisons");
        transitions(comparisons, cellPatience)
                .sinkTo(sinks.transitions())
                .uid("transitions")
                .name("transitions");
        comparisons
                .<Change>flatMap((comparison, out) -> Change.of(comparison).forEach(out::collect))
                .returns(Change.class)
                .uid("change-feed")
                .name("change feed")
                .sinkTo(sinks.changes())
                .uid("changes")
                .name("changes");

        SingleOutputStreamOperator<JudgedHost> hosts = handshakes
                .process(new JudgeHandshakes(judging))
                .setParallelism(handshakes.getParallelism())
                .uid("judge-handshakes")
                .name("judge handshakes");
        newest(hosts.union(comparedHosts(hosts.getSideOutput(JudgedHost.AMONG_SEVERAL))))
                .sinkTo(sinks.hosts())
                .uid("hosts")
                .name("hosts");

        DataStream<Aside> aside = domains.getSideOutput(Aside.TAG)
                .union(
                        compared.getSideOutput(Aside.TAG),
                        newest.getSideOutput(Aside.TAG),
                        hosts.getSideOutput(Aside.TAG));
        aside.sinkTo(new AsideLog()).uid("aside-log").name("aside log");
        aside.sinkTo(sinks.aside()).uid("aside").name("aside");

        if (sinks.observations() != null) {
            archive(domains, JudgeObservations.ARCHIVE, sinks.observations(), "archived-observations");
            archive(hosts, JudgeHandshakes.ARCHIVE, sinks.handshakes(), "archived-handshakes");
        }
    }

    /** Of those that are read, the ones whose rows are wanted; nothing is put between where that is all. */
    private static <T> DataStream<T> told(
            DataStream<T> stream, Judging judging, SerializableFunction<T, String> survey, String uid) {
        return judging.tellsAll()
                ? stream
                : stream.filter(new Told<>(judging, survey, uid)).uid(uid).name(uid);
    }

    /** In the thread that took the records off the topic: they are large, and never cross the network. */
    private static <T> void archive(SingleOutputStreamOperator<?> judged, OutputTag<T> tag, Sink<T> sink, String uid) {
        judged.getSideOutput(tag)
                .sinkTo(sink)
                .setParallelism(judged.getParallelism())
                .uid(uid)
                .name(uid.replace('-', ' '));
    }

    private static SingleOutputStreamOperator<Correction> newestVerdicts(
            DataStream<JudgedDomain> domains, DataStream<Closing> closings) {
        return domains.keyBy(
                        judged -> new DomainKey(
                                judged.verdict().vantage(), judged.verdict().domain()),
                        TypeInformation.of(DomainKey.class))
                .connect(closings.broadcast(NewestVerdict.CLOSINGS, NewestVerdict.CLOSED_FROM))
                .process(new NewestVerdict(), TypeInformation.of(Correction.class))
                .uid("newest-verdict")
                .name("newest verdict");
    }

    /** Surveys from one vantage point pass by, and cost nothing here. */
    private static SingleOutputStreamOperator<JudgedDomain> compared(DataStream<Sighting> sightings, Judging judging) {
        return sightings
                .keyBy(
                        seen -> new DomainInSurvey(seen.survey(), seen.domain()),
                        TypeInformation.of(DomainInSurvey.class))
                .process(new CompareObservations(judging.method()))
                .uid("compare-observations")
                .name("compare observations");
    }

    private static DataStream<JudgedHost> comparedHosts(DataStream<JudgedHost> hosts) {
        return hosts.keyBy(
                        judged -> new EndpointInSurvey(
                                judged.verdict().survey(),
                                judged.verdict().mxHost(),
                                judged.verdict().address()),
                        TypeInformation.of(EndpointInSurvey.class))
                .process(new CompareHosts())
                .uid("compare-hosts")
                .name("compare hosts");
    }

    private static DataStream<RollupRow> rollups(DataStream<Correction> corrections, Duration patience) {
        TypeInformation<Delta<RollupKey>> delta = TypeInformation.of(new TypeHint<>() {});
        return corrections
                .transform(
                        "local sums",
                        delta,
                        new LocalSums<Correction, RollupKey>(RollupCells::count, LOCAL_PATIENCE_MILLIS))
                .uid("local-sums")
                .keyBy(Delta::cell, TypeInformation.of(RollupKey.class))
                .transform(
                        "cells",
                        TypeInformation.of(RollupRow.class),
                        new Cells<RollupKey, RollupRow>(RollupRow::new, patience.toMillis()))
                .uid("cells");
    }

    private static DataStream<HostRollupRow> hostRollups(DataStream<HostsInUse> hosts, Duration patience) {
        TypeInformation<Delta<HostRollupKey>> delta = TypeInformation.of(new TypeHint<>() {});
        return hosts.flatMap(new HostUses())
                .returns(HostUse.class)
                .uid("host-uses")
                .name("host uses")
                .keyBy(HostUse::key, TypeInformation.of(HostUse.Key.class))
                .process(new DistinctHosts())
                .uid("distinct-hosts")
                .name("distinct hosts")
                .transform(
                        "local hosts",
                        delta,
                        new LocalSums<HostCorrection, HostRollupKey>(HostCorrection::count, LOCAL_PATIENCE_MILLIS))
                .uid("local-hosts")
                .keyBy(Delta::cell, TypeInformation.of(HostRollupKey.class))
                .transform(
                        "host cells",
                        TypeInformation.of(HostRollupRow.class),
                        new Cells<HostRollupKey, HostRollupRow>(HostRollupRow::new, patience.toMillis()))
                .uid("host-cells");
    }

    private static DataStream<TransitionRow> transitions(DataStream<Comparison> comparisons, Duration patience) {
        TypeInformation<Delta<TransitionKey>> delta = TypeInformation.of(new TypeHint<>() {});
        return comparisons
                .transform(
                        "local moves",
                        delta,
                        new LocalSums<Comparison, TransitionKey>(
                                (compared, sums) -> compared.transitions().forEach(move -> sums.add(move, 1)),
                                LOCAL_PATIENCE_MILLIS))
                .uid("local-moves")
                .keyBy(Delta::cell, TypeInformation.of(TransitionKey.class))
                .transform(
                        "moves",
                        TypeInformation.of(TransitionRow.class),
                        new Cells<TransitionKey, TransitionRow>(
                                (move, counts, version) -> new TransitionRow(move, counts.first(), version),
                                patience.toMillis()))
                .uid("moves");
    }

    private static DataStream<HostVerdict> newest(DataStream<JudgedHost> hosts) {
        return hosts.keyBy(StatisticsGraph::hostKey, TypeInformation.of(HostKey.class))
                .process(new NewestHost())
                .uid("newest-host")
                .name("newest host");
    }

    private static HostKey hostKey(JudgedHost judged) {
        HostVerdict host = judged.verdict();
        return new HostKey(host.survey(), host.vantage(), host.mxHost(), host.address());
    }
}
