package org.mailpulse.stream.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.Fixtures;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class IntakeTest {
    private static final Observation SEEN =
            Fixtures.observations(1, 1, 1, "2026-11").get(0);

    @Test
    void aRecordIsTakenAsItLiesOnTheTopic() {
        RawRecord raw = read(new RecordHeaders(), "x".getBytes(UTF_8));

        assertThat(raw.clock()).isFalse();
        assertThat(raw.value()).isEqualTo("x".getBytes(UTF_8));
        assertThat(raw.place()).isEqualTo("mailpulse.observations-3@1234");
    }

    @Test
    void aClockRecordIsToldByItsHeader() {
        assertThat(read(new RecordHeaders().add(Topics.CLOCK_HEADER, new byte[0]), new byte[0])
                        .clock())
                .isTrue();
    }

    @Test
    void anEmptyRecordIsTakenToo() {
        assertThat(read(new RecordHeaders(), null).value()).isNull();
    }

    @Test
    void onlyClockRecordsMoveEventTime() {
        Watermarks watermarks = new Watermarks();
        WatermarkGenerator<RawRecord> generator = ClockWatermarks.strategy().createWatermarkGenerator(null);

        generator.onEvent(Fixtures.raw(SEEN), Long.MAX_VALUE, watermarks);
        generator.onPeriodicEmit(watermarks);
        generator.onEvent(new RawRecord("t", 0, 0, "{}".getBytes(UTF_8), true), 0, watermarks);
        assertThat(watermarks.emitted).isEmpty();

        generator.onEvent(Fixtures.clock("2026-11"), 0, watermarks);
        assertThat(watermarks.emitted)
                .containsExactly(SurveyName.eventTime("2026-11").toEpochMilli());
    }

    @Test
    void anObservationBecomesAVerdict() throws Exception {
        try (var harness = observations()) {
            harness.processElement(Fixtures.raw(SEEN), 0);

            assertThat(harness.extractOutputValues()).containsExactly(Fixtures.judged(SEEN));
            assertThat(harness.getSideOutput(Aside.TAG)).isNull();
        }
    }

    @Test
    void aClockRecordBecomesNothing() throws Exception {
        try (var harness = observations()) {
            harness.processElement(Fixtures.clock("2026-11"), 0);
            harness.processElement(Fixtures.clock("2026-11"), 0);

            assertThat(harness.getOutput()).isEmpty();
            assertThat(harness.getSideOutput(Aside.TAG)).isNull();
            assertThat(harness.getSideOutput(Closing.TAG))
                    .extracting(record -> record.getValue())
                    .containsExactly(new Closing("2026-11", List.of()));
        }
    }

    @Test
    void anObservationIsLateBehindTheClockOfItsOwnPartition() throws Exception {
        try (var harness = observations()) {
            harness.processElement(Fixtures.clock("2026-11"), 0);
            harness.processElement(at(0, SEEN), 0);
            harness.processElement(at(1, SEEN), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(JudgedDomain::latePlace)
                    .containsExactly("mailpulse.observations-0@5", null);
        }
    }

    @Test
    void aSurveyClosesAllThatAreDatedBeforeIt() throws Exception {
        try (var harness = observations()) {
            harness.processElement(Fixtures.clock("2026-12"), 0);
            harness.processElement(at(0, SEEN), 0);

            assertThat(harness.extractOutputValues()).allMatch(JudgedDomain::isLate);
        }
    }

    @Test
    void aPartitionStaysClosedOnWhicheverInstanceReadsItAfterARestore() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var harness = observations()) {
            harness.processElement(Fixtures.clock("2026-11"), 0);
            checkpoint = harness.snapshot(1, 0);
        }
        for (int instance = 0; instance < 2; instance++) {
            try (var harness = new OneInputStreamOperatorTestHarness<RawRecord, JudgedDomain>(
                    new ProcessOperator<>(new JudgeObservations()), 8, 2, instance)) {
                harness.initializeState(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(checkpoint, 8, 1, 2, instance));
                harness.open();
                harness.processElement(at(0, SEEN), 0);
                harness.processElement(at(1, SEEN), 0);

                assertThat(harness.extractOutputValues())
                        .extracting(JudgedDomain::isLate)
                        .containsExactly(true, false);
            }
        }
    }

    @Test
    void whatIsNotReadIsNeitherJudgedNorComparedWith() throws Exception {
        Judging november = new Judging(Method.V1, Set.of("2026-11"), Set.of("2026-11"));
        try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new JudgeObservations(november))) {
            Observation other = Fixtures.observations(1, 1, 1, "2026-10").get(0);
            harness.processElement(at(0, other), 0);
            harness.processElement(Fixtures.clock("2026-10"), 0);
            harness.processElement(at(0, SEEN), 0);
            harness.processElement(Fixtures.clock("2026-11"), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(judged -> judged.verdict().survey() + " by "
                            + judged.verdict().methodVersion())
                    .containsExactly("2026-11 by 1");
            assertThat(harness.getSideOutput(Closing.TAG))
                    .extracting(closing -> closing.getValue().survey())
                    .containsExactly("2026-11");
        }
    }

    private static RawRecord at(int partition, Observation seen) {
        return new RawRecord(Topics.OBSERVATIONS, partition, 5, Wire.write(seen), false);
    }

    @Test
    void badRecordsAreSetAsideWithTheirPlace() throws Exception {
        try (var harness = observations()) {
            harness.processElement(bad("{\u0007not json", false), 0);
            harness.processElement(new RawRecord("t", 1, 2, null, false), 0);
            harness.processElement(bad("{\"survey\":\"last month\"}", false), 0);
            harness.processElement(bad("[".repeat(100_000), false), 0);
            harness.processElement(bad("tick", true), 0);

            assertThat(harness.getOutput()).isEmpty();
            List<Aside> aside = harness.getSideOutput(Aside.TAG).stream()
                    .map(record -> record.getValue())
                    .toList();
            assertThat(aside)
                    .extracting(Aside::cause)
                    .containsExactly(
                            Aside.Cause.BAD_OBSERVATION,
                            Aside.Cause.BAD_OBSERVATION,
                            Aside.Cause.BAD_OBSERVATION,
                            Aside.Cause.BAD_OBSERVATION,
                            Aside.Cause.BAD_CLOCK);
            assertThat(aside).extracting(Aside::place).containsOnly("t-1@2");
            assertThat(aside)
                    .allSatisfy(one -> assertThat(one.detail())
                            .hasSizeBetween(10, Aside.MAX_DETAIL)
                            .doesNotContainPattern("\\p{Cntrl}"));
        }
    }

    @Test
    void aClockAmongHandshakesIsPassedOver() throws Exception {
        try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new JudgeHandshakes())) {
            harness.processElement(new RawRecord(Topics.HANDSHAKES, 0, 1, new byte[] {'{', '}'}, true), 0);

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.getSideOutput(Aside.TAG)).isNullOrEmpty();
        }
    }

    @Test
    void aBadHandshakeIsSetAside() throws Exception {
        try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(new JudgeHandshakes())) {
            harness.processElement(bad("{\"survey\":\"2026-11\"}", false), 0);

            assertThat(harness.getOutput()).isEmpty();
            assertThat(harness.getSideOutput(Aside.TAG))
                    .singleElement()
                    .satisfies(record -> assertThat(record.getValue().cause()).isEqualTo(Aside.Cause.BAD_HANDSHAKE));
        }
    }

    private static RawRecord bad(String value, boolean clock) {
        return new RawRecord("t", 1, 2, value.getBytes(UTF_8), clock);
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, JudgedDomain> observations() throws Exception {
        return ProcessFunctionTestHarnesses.forProcessFunction(new JudgeObservations());
    }

    private static RawRecord read(Headers headers, byte[] value) {
        List<RawRecord> out = new ArrayList<>();
        new RawRecords()
                .deserialize(
                        new ConsumerRecord<>(
                                Topics.OBSERVATIONS,
                                3,
                                1234,
                                0,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                null,
                                value,
                                headers,
                                Optional.empty()),
                        new ListCollector<>(out));
        return out.get(0);
    }

    private static final class Watermarks implements WatermarkOutput {
        private final List<Long> emitted = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
            throw new AssertionError("an idle partition would let the others close the survey without it");
        }

        @Override
        public void markActive() {
            throw new AssertionError("see markIdle");
        }
    }
}
