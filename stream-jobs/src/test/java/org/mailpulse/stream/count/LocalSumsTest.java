package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.stream.Fixtures;

class LocalSumsTest {
    private static final Counts ONE = Counts.of(
            Fixtures.judged(Fixtures.observations(1, 1, 1, "2026-11").get(0)).verdict());
    private static final RollupKey CELL = cell(0);

    private OneInputStreamOperatorTestHarness<RollupDelta, RollupDelta> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new LocalSums(250));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void manyDeltasOfACellBecomeOne() throws Exception {
        add(CELL, ONE);
        add(CELL, ONE);
        assertThat(harness.getOutput()).isEmpty();

        harness.setProcessingTime(250);

        assertThat(harness.extractOutputValues()).containsExactly(new RollupDelta(CELL, ONE.plus(ONE)));
    }

    @Test
    void patienceStartsAgainWithTheNextDelta() throws Exception {
        add(CELL, ONE);
        harness.setProcessingTime(250);
        harness.setProcessingTime(1_000);
        add(CELL, ONE);
        harness.setProcessingTime(1_249);
        assertThat(harness.getOutput()).hasSize(1);

        harness.setProcessingTime(1_250);

        assertThat(harness.getOutput()).hasSize(2);
    }

    @Test
    void nothingIsHeldBackFromACheckpoint() throws Exception {
        add(CELL, ONE);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).containsExactly(new RollupDelta(CELL, ONE));
    }

    @Test
    void deltasGoBeforeTheWatermarkThatFollowedThem() throws Exception {
        add(CELL, ONE);

        harness.processWatermark(7);

        assertThat(harness.getOutput())
                .containsExactly(new StreamRecord<>(new RollupDelta(CELL, ONE)), new Watermark(7));
    }

    @Test
    void whatCancelsOutIsNotSent() throws Exception {
        add(CELL, ONE);
        add(CELL, Counts.ZERO.minus(ONE));

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.getOutput()).isEmpty();
    }

    @Test
    void itHoldsSoManyCellsAndNoMore() throws Exception {
        for (int i = 0; i < LocalSums.MAX_CELLS; i++) {
            assertThat(harness.getOutput()).isEmpty();
            add(cell(i), ONE);
        }
        assertThat(harness.getOutput()).hasSize(LocalSums.MAX_CELLS);
    }

    @Test
    void theEndOfInputLetsGoOfTheRest() throws Exception {
        add(CELL, ONE);

        harness.endInput();

        assertThat(harness.getOutput()).hasSize(1);
    }

    private void add(RollupKey cell, Counts counts) throws Exception {
        harness.processElement(new RollupDelta(cell, counts), 0);
    }

    private static RollupKey cell(int number) {
        return new RollupKey("2026-11", "oslo", "p" + number, "no", "", 1);
    }
}
