package org.mailpulse.site.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailpulse.warehouse.SurveyRow;

class ChoiceTest {
    private static final Asked ANY = new Asked(null, null, "*");

    @Test
    void theNewestThatIsFinishedIsShown() throws Exception {
        assertThat(chosen(ANY, closed("2026-09", "oslo"), closed("2026-10", "oslo"), open("2026-11", "oslo")))
                .isEqualTo("2026-10 oslo");
    }

    @Test
    void anUnfinishedOneIsShownIfThereIsNoOther() throws Exception {
        assertThat(chosen(ANY, open("2026-10", "oslo"), open("2026-11", "oslo")))
                .isEqualTo("2026-11 oslo");
    }

    @Test
    void whatAllKnowTogetherComesBeforeWhatOneSaw() throws Exception {
        assertThat(chosen(
                        ANY,
                        closed("2026-11", "bergen"),
                        closed("2026-11", "consensus"),
                        closed("2026-11", "oslo"),
                        closed("2026-10", "consensus")))
                .isEqualTo("2026-11 consensus");
    }

    @Test
    void amongEqualsItIsTheFirstByName() throws Exception {
        assertThat(chosen(ANY, closed("2026-11", "oslo"), closed("2026-11", "bergen")))
                .isEqualTo("2026-11 bergen");
    }

    @Test
    void whatIsAskedForIsShownAlsoIfItIsNotTheFirst() throws Exception {
        Asked asked = new Asked("2026-10", "oslo", "*");

        assertThat(chosen(asked, closed("2026-11", "oslo"), closed("2026-10", "consensus"), open("2026-10", "oslo")))
                .isEqualTo("2026-10 oslo");
    }

    @Test
    void nothingIsShownInPlaceOfWhatIsNotThere() {
        assertThatThrownBy(() -> chosen(new Asked("2026-09", "oslo", "*"), closed("2026-11", "oslo")))
                .isInstanceOf(RefusedException.class)
                .hasMessage("There is no survey 2026-09 from “oslo”.");
    }

    /** In any order. */
    private static String chosen(Asked asked, SurveyRow... surveys) throws RefusedException {
        List<SurveyRow> shuffled = new ArrayList<>(List.of(surveys));
        Collections.shuffle(shuffled, new Random(1));
        SurveyRow row = Choice.among(shuffled, asked).orElseThrow();
        return row.survey() + " " + row.vantage();
    }

    private static SurveyRow closed(String survey, String vantage) {
        return row(survey, vantage, Instant.parse("2026-11-28T00:00:00Z"));
    }

    private static SurveyRow open(String survey, String vantage) {
        return row(survey, vantage, null);
    }

    private static SurveyRow row(String survey, String vantage, Instant closedAt) {
        return new SurveyRow(
                survey, vantage, "list", 1, 0, Instant.parse("2026-11-01T00:00:00Z"), closedAt, "store", 1, 2);
    }
}
