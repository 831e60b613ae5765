package org.mailpulse.stream.vantage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.StripSuspects;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.Rank;

/**
 * Keeps what each vantage point saw last of an endpoint: where one is offered STARTTLS, another's "not offered" becomes a
 * suspicion, whoever came first. Endpoints have no clock of their own: they are forgotten when they have not been heard
 * of for longer than a survey can last.
 */
public final class CompareHosts extends KeyedProcessFunction<EndpointInSurvey, JudgedHost, JudgedHost> {
    private static final long serialVersionUID = 1L;
    private static final Duration MEMORY = Duration.ofDays(40);

    private transient MapState<String, JudgedHost> newestByVantage;

    @Override
    public void open(OpenContext context) {
        MapStateDescriptor<String, JudgedHost> descriptor =
                new MapStateDescriptor<>("newest", Types.STRING, TypeInformation.of(JudgedHost.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY).build());
        newestByVantage = getRuntimeContext().getMapState(descriptor);
    }

    @Override
    public void processElement(JudgedHost seen, Context context, Collector<JudgedHost> out) throws Exception {
        String vantage = seen.verdict().vantage();
        JudgedHost before = newestByVantage.get(vantage);
        if (before != null && !seen.rank().isAfter(before.rank())) {
            return;
        }
        Map<String, JudgedHost> hosts = new TreeMap<>();
        newestByVantage.entries().forEach(known -> hosts.put(known.getKey(), known.getValue()));
        List<HostVerdict> former = marked(hosts);
        hosts.put(vantage, seen);
        newestByVantage.put(vantage, seen);
        Rank rank =
                CombinedRank.of(hosts.values().stream().map(JudgedHost::rank).toList());
        marked(hosts).stream()
                .filter(verdict -> !former.contains(verdict))
                .forEach(verdict -> out.collect(new JudgedHost(verdict, rank)));
    }

    private static List<HostVerdict> marked(Map<String, JudgedHost> hosts) {
        List<HostVerdict> verdicts = new ArrayList<>();
        hosts.values().forEach(host -> verdicts.add(host.verdict()));
        return StripSuspects.markHosts(verdicts);
    }
}
