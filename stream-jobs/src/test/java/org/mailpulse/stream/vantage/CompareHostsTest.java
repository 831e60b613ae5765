package org.mailpulse.stream.vantage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.StripSuspects;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.JudgedHost;

class CompareHostsTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");
    private static final List<String> PLACES = List.of("bergen", "oslo", "tromso");

    @Test
    void anOlderHandshakeFromElsewhereCorrectsTheFirst() throws Exception {
        List<JudgedHost> out = compared(
                handshake("oslo", NOON, Outcome.NOT_OFFERED),
                handshake("bergen", NOON.minusSeconds(60), Outcome.TLS_FAILED));

        assertThat(holding(out).get("oslo").outcome()).isEqualTo(Outcome.STRIP_SUSPECT);
        assertThat(holding(out).get("oslo").reason()).isEqualTo(Reason.OFFERED_ELSEWHERE);
        assertThat(holding(out).get("bergen").outcome()).isEqualTo(Outcome.TLS_FAILED);
    }

    @Test
    void whoComesLaterIsSuspectedAtOnce() throws Exception {
        List<JudgedHost> out =
                compared(handshake("bergen", NOON, Outcome.TLS_FAILED), handshake("oslo", NOON, Outcome.NOT_OFFERED));

        assertThat(out).hasSize(2);
        assertThat(holding(out).get("oslo").outcome()).isEqualTo(Outcome.STRIP_SUSPECT);
    }

    @Test
    void whoWasInQuarantineSpeaksNeitherWay() throws Exception {
        Handshake skipped =
                Handshake.skipped("2026-11", "bergen", PLACES, "mx.a.no", "192.0.2.1", Reason.VANTAGE_QUARANTINED);

        List<JudgedHost> out = compared(handshake("oslo", NOON, Outcome.NOT_OFFERED), skipped);

        assertThat(holding(out).get("oslo").outcome()).isEqualTo(Outcome.NOT_OFFERED);
        assertThat(holding(out).get("bergen").outcome()).isEqualTo(Outcome.SKIPPED);
    }

    @Property(tries = 60)
    void whatHoldsInTheEndRestsOnTheNewestOfEachPlace(@ForAll @IntRange(min = 1, max = 12) int count, @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        List<Handshake> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Outcome outcome = Outcome.values()[random.nextInt(Outcome.values().length)];
            Instant at = random.nextInt(5) == 0 ? null : NOON.plusSeconds(random.nextInt(4));
            seen.add(handshake(PLACES.get(random.nextInt(PLACES.size())), at, outcome));
        }
        List<Handshake> arriving = new ArrayList<>(seen);
        arriving.addAll(seen.subList(0, count / 2));
        Collections.shuffle(arriving, random);

        List<JudgedHost> out = compared(arriving.toArray(Handshake[]::new));

        Map<String, JudgedHost> newest = new HashMap<>();
        seen.stream()
                .map(Fixtures::judged)
                .forEach(host -> newest.merge(
                        host.verdict().vantage(), host, (a, b) -> b.rank().isAfter(a.rank()) ? b : a));
        assertThat(holding(out).values())
                .containsExactlyInAnyOrderElementsOf(StripSuspects.markHosts(
                        newest.values().stream().map(JudgedHost::verdict).toList()));
    }

    private static List<JudgedHost> compared(Handshake... handshakes) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<EndpointInSurvey, JudgedHost, JudgedHost> harness =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new CompareHosts(),
                        judged -> new EndpointInSurvey(
                                judged.verdict().survey(),
                                judged.verdict().mxHost(),
                                judged.verdict().address()),
                        TypeInformation.of(EndpointInSurvey.class))) {
            for (Handshake handshake : handshakes) {
                harness.processElement(Fixtures.judged(handshake), 0);
            }
            return harness.extractOutputValues();
        }
    }

    /** By vantage point what holds by rank, as the next operator sees it. */
    private static Map<String, HostVerdict> holding(List<JudgedHost> out) {
        Map<String, JudgedHost> highest = new HashMap<>();
        for (JudgedHost judged : out) {
            highest.merge(judged.verdict().vantage(), judged, (a, b) -> b.rank().isAfter(a.rank()) ? b : a);
        }
        Map<String, HostVerdict> verdicts = new HashMap<>();
        highest.forEach((vantage, judged) -> verdicts.put(vantage, judged.verdict()));
        return verdicts;
    }

    private static Handshake handshake(String vantage, Instant at, Outcome outcome) {
        return new Handshake(
                Schema.RECORDS,
                "2026-11",
                vantage,
                "mx.a.no",
                "192.0.2.1",
                at,
                1,
                outcome,
                Reason.NONE,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                PLACES);
    }
}
