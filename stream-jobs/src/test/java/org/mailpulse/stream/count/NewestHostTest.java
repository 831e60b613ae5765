package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.stream.intake.JudgedHost;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class NewestHostTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    @Test
    void theNewestHandshakeOfAnEndpointHolds() throws Exception {
        assertThat(outcomes(
                        handshake(NOON, Outcome.NOT_OFFERED),
                        handshake(NOON, Outcome.NOT_OFFERED),
                        handshake(NOON.plusMillis(1), Outcome.UNREACHABLE),
                        handshake(NOON.minusMillis(1), Outcome.NOT_SMTP)))
                .containsExactly(Outcome.NOT_OFFERED, Outcome.UNREACHABLE);
    }

    @Test
    void anEndpointThatWasAskedWinsOverOneThatWasSkipped() throws Exception {
        Handshake skipped = Handshake.skipped("2026-11", "oslo", "mx.example", "192.0.2.1", Reason.OPTED_OUT);

        assertThat(outcomes(skipped, handshake(NOON, Outcome.NOT_OFFERED), skipped))
                .containsExactly(Outcome.SKIPPED, Outcome.NOT_OFFERED);
    }

    private static List<Outcome> outcomes(Handshake... handshakes) throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<HostKey, JudgedHost, HostVerdict> harness =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new NewestHost(),
                        judged -> new HostKey(
                                judged.verdict().survey(),
                                judged.verdict().vantage(),
                                judged.verdict().mxHost(),
                                judged.verdict().address()),
                        TypeInformation.of(HostKey.class))) {
            for (Handshake handshake : handshakes) {
                harness.processElement(Fixtures.judged(handshake), 0);
            }
            return harness.extractOutputValues().stream()
                    .map(HostVerdict::outcome)
                    .toList();
        }
    }

    private static Handshake handshake(Instant at, Outcome outcome) {
        return new Handshake(
                Schema.RECORDS,
                "2026-11",
                "oslo",
                "mx.example",
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
                null);
    }
}
