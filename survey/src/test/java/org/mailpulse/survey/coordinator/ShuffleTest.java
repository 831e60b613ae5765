package org.mailpulse.survey.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShuffleTest {
    @Property(tries = 300)
    void everyNumberHasItsPlace(@ForAll @IntRange(max = 3_000) int size, @ForAll String name) {
        assertThat(IntStream.of(order(name, size)).sorted().toArray())
                .isEqualTo(IntStream.range(0, size).toArray());
    }

    @Test
    void alsoInListsOfMillions() {
        int size = 3_000_001;
        Shuffle shuffle = new Shuffle("2026-11", size);
        BitSet seen = new BitSet(size);
        for (int position = 0; position < size; position++) {
            seen.set(shuffle.applyAsInt(position));
        }
        assertThat(seen.cardinality()).isEqualTo(size);
        assertThat(new Shuffle("2026-11", Integer.MAX_VALUE).applyAsInt(Integer.MAX_VALUE - 1))
                .isBetween(0, Integer.MAX_VALUE - 1);
    }

    @Test
    void theOrderNeverChanges() {
        assertThat(order("2026-11", 12)).containsExactly(11, 7, 5, 9, 1, 10, 0, 8, 3, 4, 2, 6);
    }

    @Test
    void anotherSurveyHasAnotherOrder() {
        assertThat(order("2026-11", 1_000)).isNotEqualTo(order("2026-12", 1_000));
    }

    /** 1,000 neighbours in a list of 100,000: by chance about 10 of them stand within 1,000 places. */
    @Test
    void neighboursComeFarApart() {
        Shuffle shuffle = new Shuffle("2026-11", 100_000);
        for (int window = 0; window < 100_000; window += 1_000) {
            long ofOneProvider = IntStream.range(window, window + 1_000)
                    .map(shuffle)
                    .filter(seq -> seq >= 40_000 && seq < 41_000)
                    .count();
            assertThat(ofOneProvider).isLessThan(35);
        }
    }

    @Test
    void whatIsNoPositionIsRefused() {
        assertThatThrownBy(() -> new Shuffle("2026-11", 0).applyAsInt(0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("position 0 of 0");
    }

    private static int[] order(String name, int size) {
        return IntStream.range(0, size).map(new Shuffle(name, size)).toArray();
    }
}
