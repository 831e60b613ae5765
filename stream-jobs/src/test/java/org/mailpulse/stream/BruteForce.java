package org.mailpulse.stream;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.rollup.Comparison;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.TransitionKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.verdict.StripSuspects;
import org.mailpulse.model.verdict.VantageJudge;
import org.mailpulse.model.wire.Wire;

/** What the job must come to, computed from the whole list at once, without streams, state or subtraction. */
public final class BruteForce {
    private BruteForce() {}

    public static Collection<DomainVerdict> verdicts(List<Observation> observations) {
        return believed(observations).stream()
                .flatMap(domain -> domain.get(0).vantages().isEmpty()
                        ? domain.stream().map(DomainJudge::judge)
                        : VantageJudge.judge(domain, Method.PRESENT).stream())
                .toList();
    }

    /** The newest observations of a domain in a survey; among several vantage points what is believed of them. */
    private static Collection<List<Observation>> believed(List<Observation> observations) {
        return newest(observations).stream()
                .collect(groupingBy(seen -> List.of(seen.survey(), seen.domain())))
                .values()
                .stream()
                .map(domain -> domain.get(0).vantages().isEmpty() ? domain : VantageJudge.believe(domain))
                .toList();
    }

    /** Of each domain in each survey. */
    public static Collection<Observation> newest(List<Observation> observations) {
        Map<List<String>, Observation> newest = new HashMap<>();
        for (Observation seen : observations) {
            newest.merge(
                    List.of(seen.survey(), seen.vantage(), seen.domain()),
                    seen,
                    (a, b) -> NEWEST_OBSERVATION.compare(a, b) >= 0 ? a : b);
        }
        return newest.values();
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

    /** Cell (survey, vantage, population, tld, suffix, provider) → metric → domains, without zeros. */
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

    private static String cell(String... parts) {
        return String.join(" | ", parts);
    }

    /** Each domain in each two surveys that follow each other, from one vantage point. */
    public static Collection<Comparison> comparisons(Collection<DomainVerdict> verdicts) {
        List<Comparison> compared = new ArrayList<>();
        for (String vantage : sorted(verdicts, DomainVerdict::vantage)) {
            List<DomainVerdict> here =
                    verdicts.stream().filter(v -> v.vantage().equals(vantage)).toList();
            String previous = null;
            for (String survey : sorted(verdicts, DomainVerdict::survey)) {
                Map<String, VerdictDigest> before = digests(here, previous);
                Map<String, VerdictDigest> now = digests(here, survey);
                Set<String> domains = new TreeSet<>(before.keySet());
                domains.addAll(now.keySet());
                for (String domain : domains) {
                    compared.add(
                            new Comparison(survey, previous, vantage, domain, before.get(domain), now.get(domain)));
                }
                previous = survey;
            }
        }
        return compared;
    }

    public static Map<TransitionKey, Long> transitions(Collection<Comparison> compared) {
        return compared.stream()
                .flatMap(one -> one.transitions().stream())
                .collect(groupingBy(move -> move, counting()));
    }

    public static Set<Change> changes(Collection<Comparison> compared) {
        return compared.stream().flatMap(one -> Change.of(one).stream()).collect(toSet());
    }

    private static Map<String, VerdictDigest> digests(Collection<DomainVerdict> verdicts, String survey) {
        return verdicts.stream()
                .filter(verdict -> verdict.survey().equals(survey))
                .collect(toMap(DomainVerdict::domain, VerdictDigest::of));
    }

    private static Set<String> sorted(Collection<DomainVerdict> verdicts, Function<DomainVerdict, String> by) {
        return verdicts.stream().map(by).collect(toCollection(TreeSet::new));
    }

    /** In each cell the hosts that its domains use, by the newest facts that any domain has about them. */
    public static Map<HostRollupKey, Counts> hostRollups(List<Observation> observations) {
        Map<List<String>, HostDigest> newest = new HashMap<>();
        Map<HostRollupKey, Set<List<String>>> hosts = new HashMap<>();
        for (Observation seen :
                believed(observations).stream().flatMap(List::stream).toList()) {
            DomainVerdict verdict = DomainJudge.judge(seen);
            List<HostDigest> digests = HostDigest.of(seen);
            for (int i = 0; i < digests.size() && verdict.status() == DomainStatus.OK; i++) {
                List<String> host = List.of(
                        seen.survey(), seen.vantage(), seen.mxHosts().get(i).host());
                newest.merge(host, digests.get(i), (a, b) -> b.isNewerThan(a) ? b : a);
                hostCells(verdict)
                        .forEach(cell -> hosts.computeIfAbsent(cell, any -> new HashSet<>())
                                .add(host));
            }
        }
        Map<HostRollupKey, Counts> counts = new HashMap<>();
        hosts.forEach((cell, names) -> {
            long[] sums = new long[2 * Long.SIZE];
            names.forEach(name -> newest.get(name).metrics().addTo(sums, 1));
            counts.put(cell, new Counts(sums));
        });
        return counts;
    }

    private static List<HostRollupKey> hostCells(DomainVerdict v) {
        List<HostRollupKey> cells = new ArrayList<>();
        List<String> populations = new ArrayList<>(v.populations());
        populations.add("*");
        for (String population : populations) {
            for (String tld : List.of("*", v.tld())) {
                for (String provider : List.of("*", v.provider())) {
                    cells.add(new HostRollupKey(v.survey(), v.vantage(), population, tld, provider, v.methodVersion()));
                }
            }
        }
        return cells;
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
                plain.put(
                        cell(key.survey(), key.vantage(), key.population(), key.tld(), key.suffix(), key.provider()),
                        nonZero);
            }
        });
        return plain;
    }

    private static void count(Map<String, Map<Metric, Long>> cells, String population, DomainVerdict verdict) {
        String cell = cell(
                verdict.survey(), verdict.vantage(), population, verdict.tld(), verdict.suffix(), verdict.provider());
        Map<Metric, Long> counts = cells.computeIfAbsent(cell, any -> new TreeMap<>());
        for (Metric metric : Metric.values()) {
            if (metric.holdsFor(verdict)) {
                counts.merge(metric, 1L, Long::sum);
            }
        }
    }

    private static long fingerprint(byte[] json) {
        return Hashing.farmHashFingerprint64().hashBytes(json).asLong();
    }
}
