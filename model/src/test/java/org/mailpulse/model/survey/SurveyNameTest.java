package org.mailpulse.model.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyNameTest {
    @Test
    void isAMonthOrADay() {
        assertThat(SurveyName.check("2026-11")).isEqualTo("2026-11");
        assertThat(SurveyName.date("2026-11")).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(SurveyName.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
        assertThat(SurveyName.eventTime("2026-11-24")).isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "2026",
                "2026-13",
                "2026-00",
                "2026-1",
                "2026-11-31",
                "2026-02-30",
                "2026-11-2",
                "26-11",
                "2026-11 ",
                "２０２６-11"
            })
    void isNothingElse(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SurveyName.check(name))
                .withMessage("survey must be a month or day such as 2026-11, not '" + name + "'");
    }

    @Test
    void aTargetNamesWhatIsWrongWithIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("2026-11", -1, "example.no", List.of()))
                .withMessage("seq must not be negative, is -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Target.of("2026-11", 0, "", List.of()))
                .withMessage("domain must not be empty");
        assertThatIllegalArgumentException().isThrownBy(() -> Target.of("soon", 0, "example.no", List.of()));
    }
}
