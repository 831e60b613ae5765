package org.mailpulse.model.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VantageNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"oslo", "Frankfurt-2", "a", "local", "0123456789012345678901234567890123456789"})
    void lettersDigitsAndHyphensMakeAName(String name) {
        assertThat(VantageName.check(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", " ", "a b", "a.b", "a_b", "Übersee", "a,b", "*", "01234567890123456789012345678901234567890"
            })
    void anythingElseDoesNot(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VantageName.check(name))
                .withMessage("vantage must be 1…40 letters, digits or hyphens, is '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"consensus", "Consensus", "CONSENSUS"})
    void nobodyLooksFromTheConsensus(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VantageName.check(name))
                .withMessageContaining("must be another name than '" + name + "'");
    }

    @Test
    void severalAreSortedAndEachIsNamedOnce() {
        assertThat(VantageName.checkAll(List.of("oslo", "bergen"))).containsExactly("bergen", "oslo");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VantageName.checkAll(List.of("oslo", "oslo")))
                .withMessageContaining("'oslo' is named twice");
        assertThatIllegalArgumentException().isThrownBy(() -> VantageName.checkAll(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VantageName.checkAll(
                        IntStream.range(0, 17).mapToObj(i -> "place-" + i).toList()))
                .withMessage("vantage must be 1…16 names, there are 17");
    }
}
