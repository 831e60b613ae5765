package org.mailpulse.probe.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnfinishedTest {
    private final Unfinished unfinished = new Unfinished();

    @Test
    void beforeAnythingBeganThereIsNothingToCommit() {
        assertThat(unfinished.position()).isEqualTo(-1);
    }

    @Test
    void thePositionStopsAtTheLowestThatIsNotFinished() {
        for (long offset : new long[] {7, 8, 12, 13}) { // compaction and control records leave holes
            unfinished.begin(offset);
        }
        assertThat(unfinished.position()).isEqualTo(7);
        unfinished.finish(8);
        unfinished.finish(13);
        assertThat(unfinished.position()).isEqualTo(7);
        unfinished.finish(7);
        assertThat(unfinished.position()).isEqualTo(12);
        unfinished.finish(12);
        assertThat(unfinished.position()).isEqualTo(14);
    }
}
