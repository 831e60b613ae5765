package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Outcome;

class HostStateTest {
    @ParameterizedTest
    @CsvSource({
        "'', UNKNOWN",
        "TLS_OK, YES",
        "TLS_FAILED, NO",
        "NOT_OFFERED, NO",
        "UNREACHABLE, UNKNOWN",
        "TLS_OK TLS_OK, YES",
        "NOT_OFFERED TLS_FAILED, NO",
        "TLS_OK NOT_OFFERED, MIXED",
        "TLS_FAILED TLS_OK, MIXED",
        "UNREACHABLE TLS_OK, YES",
        "UNREACHABLE NOT_OFFERED, NO",
        "SKIPPED STRIP_SUSPECT SMTP_REFUSED NOT_SMTP, UNKNOWN",
        "SKIPPED NOT_OFFERED TLS_OK, MIXED"
    })
    void isToldByTheDeterminateAddresses(String outcomes, HostState state) {
        List<EndpointObservation> endpoints = Stream.of(outcomes.split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> Facts.endpoint(Outcome.valueOf(name)))
                .toList();

        assertThat(HostState.of(endpoints)).isEqualTo(state);
        assertThat(state.isDeterminate()).isEqualTo(state != HostState.UNKNOWN);
    }
}
