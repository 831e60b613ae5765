package org.mailpulse.probe.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.canary.Sighting.Kind;

class LookTest {
    @ParameterizedTest
    @CsvSource({
        "TLS_OK, NONE, WELL, TLS_OK",
        "NOT_OFFERED, NONE, STRIPPED, NOT_OFFERED",
        "NOT_OFFERED, HELO_ONLY, STRIPPED, HELO_ONLY",
        "STRIP_SUSPECT, MASKED_KEYWORD, STRIPPED, MASKED_KEYWORD",
        "TLS_FAILED, HANDSHAKE_ALERT, STRIPPED, HANDSHAKE_ALERT",
        "SMTP_REFUSED, GREETING_REFUSED_5XX, REFUSED, GREETING_REFUSED_5XX",
        "NOT_SMTP, NOT_SMTP_GREETING, REFUSED, NOT_SMTP_GREETING",
        "UNREACHABLE, CONNECT_TIMEOUT, UNREACHABLE, CONNECT_TIMEOUT",
        "SKIPPED, INTERNAL_ERROR, UNREACHABLE, INTERNAL_ERROR"
    })
    void anOutcomeTellsHowACanaryIs(Outcome outcome, Reason reason, Kind kind, String told) {
        assertThat(Sighting.of("mx.example", outcome, reason)).isEqualTo(new Sighting("mx.example", kind, told));
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE UNREACHABLE, our network seems to block port 2525",
        "UNREACHABLE STRIPPED, something on our own way seems to remove it",
        "REFUSED UNREACHABLE, our address may be on a block list",
        "NO_ADDRESS UNREACHABLE, our network seems to block port 2525",
        "NO_ADDRESS NO_ADDRESS, our resolver seems to fail"
    })
    void theDiagnosisIsOneSentenceThatNamesEveryCanary(String kinds, String matter) {
        assertThat(look(kinds).diagnosis("oslo", 2525))
                .startsWith("vantage point oslo is quarantined, ")
                .contains(matter)
                .contains("mx0.example: ")
                .contains("mx1.example: ")
                .doesNotContain("\n");
    }

    @Test
    void oneCanaryThatIsWellIsEnough() {
        assertThat(look("UNREACHABLE STRIPPED WELL").isWell()).isTrue();
        assertThat(look("UNREACHABLE STRIPPED WELL").recovery("oslo")).contains("canary mx2.example is well again");
        assertThat(look("UNREACHABLE STRIPPED").isWell()).isFalse();
    }

    @Test
    void aLookAtNothingIsNone() {
        assertThatThrownBy(() -> new Look(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static Look look(String kinds) {
        List<Kind> seen = Stream.of(kinds.split(" ")).map(Kind::valueOf).toList();
        return new Look(Stream.iterate(0, i -> i + 1)
                .limit(seen.size())
                .map(i -> new Sighting("mx" + i + ".example", seen.get(i), "…"))
                .toList());
    }
}
