package org.mailpulse.site.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0 %",
        "0.0004, < 0.1 %",
        "0.0005, 0.1 %",
        "0.17019, 17.0 %",
        "0.9994, 99.9 %",
        "0.9996, > 99.9 %",
        "1, 100.0 %",
        "NaN, ''"
    })
    void whatIsNeitherNothingNorAllIsNotRoundedToIt(double share, String text) {
        assertThat(Format.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 domains", "1, 1 domain", "1234, '1,234 domains'"})
    void oneIsSingular(long number, String text) {
        assertThat(Format.domains(number)).isEqualTo(text);
    }

    @Test
    void aSurveyIsCalledByItsMonthOrDay() {
        assertThat(Format.survey("2026-11")).isEqualTo("November 2026");
        assertThat(Format.survey("2026-09-03")).isEqualTo("3 September 2026");
    }

    @Test
    void aLongNameIsCut() {
        assertThat(Format.name("x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(Format.name("x".repeat(81))).isEqualTo("x".repeat(80) + "…");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        assertThat(Format.name("😀".repeat(81))).isEqualTo("😀".repeat(80) + "…");
    }

    @Test
    void charactersThatTurnTheTextRoundAreReplaced() {
        assertThat(Format.name("a\u202Eb\u0000c\nd\uD800e")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    }
}
