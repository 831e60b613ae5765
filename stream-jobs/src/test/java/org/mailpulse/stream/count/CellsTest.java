package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.stream.Fixtures;
import org.mailpulse.warehouse.RollupRow;

@SuppressWarnings("try") // closing a harness may be interrupted like anything else
class CellsTest {
    private static final Counts ONE = Counts.of(
            Fixtures.judged(Fixtures.observations(1, 1, 1, "2026-11").get(0)).verdict());
    private static final Counts TWO = ONE.plus(ONE);
    private static final RollupKey CELL = new RollupKey("2026-11", "oslo", "*", "no", "no", "", 1);
    private static final RollupKey OTHER = new RollupKey("2026-11", "oslo", "p", "no", "no", "", 1);
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void manyChangesOfACellBecomeOneRow() throws Exception {
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);
            harness.add(OTHER, ONE);
            harness.add(CELL, ONE);
            assertThat(harness.getOutput()).isEmpty();

            harness.setProcessingTime(NOW + 1_000);

            assertThat(harness.rows())
                    .containsExactlyInAnyOrder(
                            new RollupRow(CELL, TWO, NOW + 1_000), new RollupRow(OTHER, ONE, NOW + 1_000));
        }
    }

    @Test
    void aCellThatIsEmptiedIsSentAsZeros() throws Exception {
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);
            harness.setProcessingTime(NOW + 1_000);
            harness.add(CELL, Counts.ZERO.minus(ONE));
            harness.setProcessingTime(NOW + 2_000);

            assertThat(harness.rows().get(1).counts()).isEqualTo(Counts.ZERO);
        }
    }

    @Test
    void aCheckpointFindsAllRowsSent() throws Exception {
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);

            harness.prepareSnapshotPreBarrier(1);

            assertThat(harness.rows()).containsExactly(new RollupRow(CELL, ONE, NOW));
        }
    }

    @Test
    void closingASurveySendsItsRowsFirst() throws Exception {
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);

            harness.close("2026-11");

            assertThat(harness.getOutput()).hasSize(2);
            assertThat(harness.rows()).containsExactly(new RollupRow(CELL, ONE, NOW));
            assertThat(harness.getOutput().toArray()[1]).isInstanceOf(Watermark.class);
        }
    }

    @Test
    void versionsGrowWithinTheSameMillisecond() throws Exception {
        try (Harness harness = harness(NOW)) {
            for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                harness.add(CELL, ONE);
                harness.prepareSnapshotPreBarrier(checkpoint);
            }
            assertThat(harness.rows()).extracting(RollupRow::version).containsExactly(NOW, NOW + 1, NOW + 2);
        }
    }

    @Test
    void versionsGrowWhenTheClockStepsBack() {
        assertThat(new Cell(ONE, NOW).nextVersion(NOW - 60_000).version()).isEqualTo(NOW + 1);
    }

    @Test
    void rowsAfterARestoreWinOverThoseThatWereWrittenAfterTheCheckpoint() throws Exception {
        OperatorSubtaskState checkpoint;
        RollupRow lost;
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);
            harness.prepareSnapshotPreBarrier(1);
            checkpoint = harness.snapshot(1, NOW);
            harness.add(CELL, TWO);
            harness.setProcessingTime(NOW + 2_000);
            lost = harness.rows().get(1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(checkpoint);
            harness.open();
            harness.setProcessingTime(NOW + 5_000);
            harness.add(CELL, ONE);
            harness.prepareSnapshotPreBarrier(2);

            RollupRow again = harness.rows().get(0);
            assertThat(again.counts()).isEqualTo(TWO);
            assertThat(again.version()).isGreaterThan(lost.version());
        }
    }

    @Test
    void aCellIsForgottenWhenALaterSurveyCloses() throws Exception {
        try (Harness harness = harness(NOW)) {
            harness.add(CELL, ONE);
            harness.close("2026-11");
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);

            harness.close("2026-12");

            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    private static Harness harness(long now) throws Exception {
        Harness harness = new Harness();
        harness.open();
        harness.setProcessingTime(now);
        return harness;
    }

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<RollupKey, Delta<RollupKey>, RollupRow> {
        Harness() throws Exception {
            super(new Cells<>(RollupRow::new, 1_000), Delta::cell, TypeInformation.of(RollupKey.class));
        }

        void add(RollupKey cell, Counts counts) throws Exception {
            processElement(new Delta<>(cell, counts), 0);
        }

        void close(String survey) throws Exception {
            processWatermark(SurveyName.eventTime(survey).toEpochMilli());
        }

        List<RollupRow> rows() {
            return extractOutputValues();
        }
    }
}
