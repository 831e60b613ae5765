package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

class StripSuspectsTest {
    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"TLS_OK", "TLS_FAILED"})
    void whoIsNotOfferedWhatAnotherIsOfferedIsNotBelieved(Outcome elsewhere) {
        List<Observation> marked =
                StripSuspects.mark(List.of(from("bergen", elsewhere), from("oslo", Outcome.NOT_OFFERED)));

        assertThat(endpoint(marked.get(0)).outcome()).isEqualTo(elsewhere);
        assertThat(endpoint(marked.get(1)).outcome()).isEqualTo(Outcome.STRIP_SUSPECT);
        assertThat(endpoint(marked.get(1)).reason()).isEqualTo(Reason.OFFERED_ELSEWHERE);
        assertThat(endpoint(marked.get(1)).probedAt()).isEqualTo(Facts.PROBED_AT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"TLS_OK", "TLS_FAILED"})
    void whoWasNotOfferedItEitherSpeaksNeitherWay(Outcome elsewhere) {
        List<Observation> seen = List.of(from("bergen", elsewhere), from("oslo", Outcome.NOT_OFFERED));

        assertThat(StripSuspects.mark(seen)).isEqualTo(seen);
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_OFFERED")
    void onlyAnOfferThatIsMissingIsSuspect(Outcome here) {
        List<Observation> seen = List.of(from("bergen", Outcome.TLS_OK), from("oslo", here));

        assertThat(StripSuspects.mark(seen)).isEqualTo(seen);
    }

    @Test
    void anotherAddressOrAnotherHostProvesNothing() {
        EndpointObservation there = new EndpointObservation(
                "192.0.2.9", Outcome.TLS_FAILED, Reason.HANDSHAKE_ALERT, Facts.PROBED_AT, null, null, null, null, null);
        Observation bergen =
                Facts.observation(Facts.host("mx.example.no", 10, there), Facts.host("mx2.example.no", 10, offered()));
        List<Observation> seen =
                List.of(Facts.from("bergen", Facts.PROBED_AT, bergen), from("oslo", Outcome.NOT_OFFERED));

        assertThat(StripSuspects.mark(seen)).isEqualTo(seen);
    }

    @Test
    void rowsOfHostsAreMarkedAlikeAndKeepWhatWasSeen() {
        List<HostVerdict> marked = StripSuspects.markHosts(List.of(
                host("bergen", Outcome.TLS_FAILED),
                host("oslo", Outcome.NOT_OFFERED),
                host("tromso", Outcome.SKIPPED)));

        assertThat(marked)
                .extracting(HostVerdict::outcome)
                .containsExactly(Outcome.TLS_FAILED, Outcome.STRIP_SUSPECT, Outcome.SKIPPED);
        assertThat(marked.get(1).reason()).isEqualTo(Reason.OFFERED_ELSEWHERE);
        assertThat(marked.get(1).banner()).isEqualTo("220 mx");
        assertThat(marked.get(1).observedAt()).isEqualTo(Facts.PROBED_AT);
    }

    @Test
    void rowsOfHostsStayAsTheyAreWhereNobodyIsOffered() {
        List<HostVerdict> seen = List.of(host("bergen", Outcome.UNREACHABLE), host("oslo", Outcome.NOT_OFFERED));

        assertThat(StripSuspects.markHosts(seen)).isEqualTo(seen);
    }

    private static EndpointObservation offered() {
        return Facts.endpoint(Outcome.TLS_OK);
    }

    private static Observation from(String vantage, Outcome outcome) {
        return Facts.from(vantage, Facts.PROBED_AT, Facts.observation(Facts.host(outcome)));
    }

    private static EndpointObservation endpoint(Observation seen) {
        return seen.mxHosts().get(0).endpoints().get(0);
    }

    private static HostVerdict host(String vantage, Outcome outcome) {
        return HostVerdict.judge(new Handshake(
                1,
                Facts.SURVEY,
                vantage,
                "mx.example.no",
                "192.0.2.1",
                Facts.PROBED_AT,
                1,
                outcome,
                Reason.NONE,
                null,
                "220 mx",
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of()));
    }
}
