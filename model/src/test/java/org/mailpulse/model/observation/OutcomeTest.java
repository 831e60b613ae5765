package org.mailpulse.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource({
        "TLS_OK, YES",
        "TLS_FAILED, NO",
        "NOT_OFFERED, NO",
        "STRIP_SUSPECT, UNKNOWN",
        "SMTP_REFUSED, UNKNOWN",
        "NOT_SMTP, UNKNOWN",
        "UNREACHABLE, UNKNOWN",
        "SKIPPED, UNKNOWN"
    })
    void countsAsTheMethodSays(Outcome outcome, Outcome.Counts counts) {
        assertThat(outcome.countsAs()).isEqualTo(counts);
        assertThat(outcome.isDeterminate()).isEqualTo(counts != Outcome.Counts.UNKNOWN);
    }

    @Test
    void noOutcomeIsLeftOutAbove() {
        assertThat(Outcome.values()).hasSize(8);
    }
}
