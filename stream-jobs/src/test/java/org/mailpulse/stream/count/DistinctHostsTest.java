package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.MetricSet;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class DistinctHostsTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    /** Beyond sixteen uses the cells are kept apart. */
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 18, 60})
    void aHostIsCountedOnceInEachOfItsCellsByItsNewestFacts(int tlds) throws Exception {
        List<HostUse> uses = new ArrayList<>();
        for (int tld = 0; tld < tlds; tld++) {
            uses.add(use(tld, NOON, 1));
            uses.add(use(tld, NOON.plusSeconds(tld), tld % 3));
            uses.add(use(tld, NOON.minusSeconds(1), 5));
        }
        Random random = new Random(tlds);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(uses, random);
            requireExact(uses);
        }
    }

    @Test
    void aHostWhoseCellsOverlapIsCountedOnce() throws Exception {
        HostUse one = use(0, NOON, 1);
        HostUse other =
                new HostUse(one.survey(), one.vantage(), 2, new UsedBy(List.of("p0", "q"), "t0", "hoster"), one.host());

        requireExact(List.of(one, other, one, other));
    }

    /** The counts that come of it, against all cells of all uses, each once, with the facts of the newest. */
    private static void requireExact(List<HostUse> uses) throws Exception {
        Set<HostRollupKey> cells =
                uses.stream().flatMap(use -> use.cells().stream()).collect(Collectors.toSet());
        MetricSet newest = uses.stream()
                .map(HostUse::host)
                .reduce((a, b) -> b.isNewerThan(a) ? b : a)
                .orElseThrow()
                .metrics();
        Map<HostRollupKey, Map<MetricSet, Integer>> counts = new HashMap<>();
        for (HostCorrection correction : corrections(uses)) {
            Map<MetricSet, Integer> ofCell = counts.computeIfAbsent(correction.cell(), cell -> new HashMap<>());
            ofCell.merge(correction.now(), 1, Integer::sum);
            if (correction.before() != null) {
                ofCell.merge(correction.before(), -1, Integer::sum);
            }
            ofCell.values().removeIf(count -> count == 0);
        }
        assertThat(counts.keySet()).isEqualTo(cells);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isEqualTo(Map.of(newest, 1)));
    }

    private static List<HostCorrection> corrections(List<HostUse> uses) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<HostUse.Key, HostUse, HostCorrection> harness =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new DistinctHosts(), HostUse::key, TypeInformation.of(HostUse.Key.class))) {
            for (HostUse use : uses) {
                harness.processElement(use, 0);
            }
            return harness.extractOutputValues();
        }
    }

    private static HostUse use(int tld, Instant at, long metrics) {
        UsedBy by = new UsedBy(tld % 2 == 0 ? List.of("p" + tld % 5) : List.of(), "t" + tld, "hoster");
        return new HostUse("2026-11", "oslo", 2, by, new HostDigest(7, at, new MetricSet(new long[] {metrics})));
    }
}
