package org.mailpulse.stream.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.rollup.VerdictDigest;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.stream.Fixtures;

class LocalSumsTest {
    private static final DomainVerdict VERDICT =
            Fixtures.judged(Fixtures.observations(1, 1, 1, "2026-11").get(0)).verdict();
    private static final VerdictDigest DIGEST = VerdictDigest.of(VERDICT);
    private static final Counts ONE = Counts.of(VERDICT);
    private static final RollupKey CELL = cell("*");

    private OneInputStreamOperatorTestHarness<Correction, Delta<RollupKey>> harness;

    @BeforeEach
    void open() throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(new LocalSums<>(RollupCells::count, 250));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void manyDeltasOfACellBecomeOne() throws Exception {
        add(DIGEST);
        add(DIGEST);
        assertThat(harness.getOutput()).isEmpty();

        harness.setProcessingTime(250);

        assertThat(harness.extractOutputValues()).containsExactly(new Delta<>(CELL, ONE.plus(ONE)));
    }

    @Test
    void patienceStartsAgainWithTheNextDelta() throws Exception {
        add(DIGEST);
        harness.setProcessingTime(250);
        harness.setProcessingTime(1_000);
        add(DIGEST);
        harness.setProcessingTime(1_249);
        assertThat(harness.getOutput()).hasSize(1);

        harness.setProcessingTime(1_250);

        assertThat(harness.getOutput()).hasSize(2);
    }

    @Test
    void nothingIsHeldBackFromACheckpoint() throws Exception {
        add(DIGEST);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).containsExactly(new Delta<>(CELL, ONE));
    }

    @Test
    void deltasGoBeforeTheWatermarkThatFollowedThem() throws Exception {
        add(DIGEST);

        harness.processWatermark(7);

        assertThat(harness.getOutput()).containsExactly(new StreamRecord<>(new Delta<>(CELL, ONE)), new Watermark(7));
    }

    @Test
    void whatCancelsOutIsNotSent() throws Exception {
        add(DIGEST);
        replace(DIGEST, in("p"));
        replace(in("p"), DIGEST);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).containsExactly(new Delta<>(CELL, ONE));
    }

    @Test
    void aVerdictThatCountsTheSameMovesNothing() throws Exception {
        replace(DIGEST, DIGEST);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.getOutput()).isEmpty();
    }

    @Test
    void aDomainIsAddedToTheCellOfAllAndToThoseOfItsPopulations() throws Exception {
        add(in("p", "q"));

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues())
                .containsExactlyInAnyOrder(
                        new Delta<>(CELL, ONE), new Delta<>(cell("p"), ONE), new Delta<>(cell("q"), ONE));
    }

    @Test
    void itHoldsSoManyCellsAndNoMore() throws Exception {
        for (int i = 1; i < LocalSums.MAX_CELLS; i++) {
            assertThat(harness.getOutput()).isEmpty();
            add(in("p" + i));
        }
        assertThat(harness.getOutput()).hasSize(LocalSums.MAX_CELLS);
    }

    @Test
    void theEndOfInputLetsGoOfTheRest() throws Exception {
        add(DIGEST);

        harness.endInput();

        assertThat(harness.getOutput()).hasSize(1);
    }

    private void add(VerdictDigest now) throws Exception {
        replace(null, now);
    }

    private void replace(VerdictDigest before, VerdictDigest now) throws Exception {
        harness.processElement(new Correction(before, now, VERDICT), 0);
    }

    private static VerdictDigest in(String... populations) {
        return new VerdictDigest(
                List.of(populations),
                DIGEST.tld(),
                DIGEST.suffix(),
                DIGEST.provider(),
                DIGEST.status(),
                DIGEST.level(),
                DIGEST.metrics(),
                DIGEST.certificateEnds(),
                DIGEST.observedAt(),
                DIGEST.methodVersion());
    }

    private static RollupKey cell(String population) {
        return new RollupKey(
                "2026-11",
                "oslo",
                population,
                DIGEST.tld(),
                DIGEST.suffix(),
                DIGEST.provider(),
                DIGEST.methodVersion());
    }
}
