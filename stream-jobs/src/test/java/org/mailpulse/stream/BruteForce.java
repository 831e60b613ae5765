package org.mailpulse.stream;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.StripSuspects;
import org.mailpulse.model.verdict.VantageJudge;
import org.mailpulse.model.wire.Wire;

/** What the job must come to, computed from the whole list at once, without streams, state or subtraction. */
public final class BruteForce {
    private BruteForce() {}

    public static Collection<DomainVerdict> verdicts(List<Observation> observations) {
        Map<List<String>, Observation> newest = new HashMap<>();
        for (Observation seen : observations) {
            newest.merge(
                    List.of(seen.survey(), seen.vantage(), seen.domain()),
                    seen,
                    (a, b) -> NEWEST_OBSERVATION.compare(a, b) >= 0 ? a : b);
        }
        Map<List<String>, List<Observation>> domains = new HashMap<>();
        newest.values()
                .forEach(
                        seen -> domains.computeIfAbsent(List.of(seen.survey(), seen.domain()), any -> new ArrayList<>())
                                .add(seen));
        return domains.values().stream().flatMap(BruteForce::verdictsOfOne).toList();
    }

    private static Stream<DomainVerdict> verdictsOfOne(List<Observation> domain) {
        return domain.get(0).vantages().isEmpty()
                ? domain.stream().map(DomainJudge::judge)
                : VantageJudge.judge(domain).stream();
    }

    private static final Comparator<Observation> NEWEST_OBSERVATION =
            Comparator.comparing(Observation::observedAt).thenComparing(seen -> fingerprint(Wire.write(seen)));

    public static Collection<HostVerdict> hosts(List<Handshake> handshakes) {
        Map<List<String>, Handshake> newest = new HashMap<>();
        for (Handshake seen : handshakes) {
            newest.merge(
                    List.of(seen.survey(), seen.vantage(), seen.mxHost(), seen.address()),
                    seen,
                    (a, b) -> NEWEST_HANDSHAKE.compare(a, b) >= 0 ? a : b);
        }
        Map<List<String>, List<Handshake>> endpoints = new HashMap<>();
        newest.values()
                .forEach(seen -> endpoints
                        .computeIfAbsent(
                                List.of(seen.survey(), seen.mxHost(), seen.address()), any -> new ArrayList<>())
                        .add(seen));
        return endpoints.values().stream().flatMap(BruteForce::hostsOfOne).toList();
    }

    private static Stream<HostVerdict> hostsOfOne(List<Handshake> endpoint) {
        List<HostVerdict> alone = endpoint.stream().map(HostVerdict::judge).toList();
        return endpoint.get(0).vantages().isEmpty() ? alone.stream() : StripSuspects.markHosts(alone).stream();
    }

    private static final Comparator<Handshake> NEWEST_HANDSHAKE = Comparator.comparing(
                    Handshake::probedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(seen -> fingerprint(Wire.write(seen)));

    /** Cell (survey, vantage, population, tld, provider) → metric → domains, without zeros. */
    public static Map<String, Map<Metric, Long>> rollups(Collection<DomainVerdict> verdicts) {
        Map<String, Map<Metric, Long>> cells = new TreeMap<>();
        for (DomainVerdict verdict : verdicts) {
            count(cells, "*", verdict);
            for (String population : verdict.populations()) {
                count(cells, population, verdict);
            }
        }
        return cells;
    }

    private static String cell(String survey, String vantage, String population, String tld, String provider) {
        return String.join(" | ", survey, vantage, population, tld, provider);
    }

    /** The job's cells in the same form. */
    public static Map<String, Map<Metric, Long>> byCell(Map<RollupKey, Counts> cells) {
        Map<String, Map<Metric, Long>> plain = new TreeMap<>();
        cells.forEach((key, counts) -> {
            Map<Metric, Long> nonZero = new TreeMap<>();
            for (Metric metric : Metric.values()) {
                if (counts.get(metric) != 0) {
                    nonZero.put(metric, counts.get(metric));
                }
            }
            if (!nonZero.isEmpty()) {
                plain.put(cell(key.survey(), key.vantage(), key.population(), key.tld(), key.provider()), nonZero);
            }
        });
        return plain;
    }

    private static void count(Map<String, Map<Metric, Long>> cells, String population, DomainVerdict verdict) {
        String cell = cell(verdict.survey(), verdict.vantage(), population, verdict.tld(), verdict.provider());
        Map<Metric, Long> counts = cells.computeIfAbsent(cell, any -> new TreeMap<>());
        for (Metric metric : Metric.values()) {
            if (metric.holdsFor(verdict)) {
                counts.merge(metric, 1L, Long::sum);
            }
        }
    }

    private static long fingerprint(byte[] json) {
        return Hashing.murmur3_128().hashBytes(json).asLong();
    }
}
