package org.mailpulse.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.wire.Wire;

class WorkloadTest {
    @Test
    void surveysAreMonthsOfWhichTheLastIsFixed() {
        Workload year = new Workload(1, 12);

        assertThat(year.survey(0)).isEqualTo("2025-12");
        assertThat(year.survey(11)).isEqualTo("2026-11");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 33, 34, 35, 61, 62, 63, 1_000, 2_312})
    void asManyObservationsAreExpectedAsAreWritten(int domains) {
        Workload workload = new Workload(domains, 2);
        long written = IntStream.range(0, domains)
                .map(domain -> 1 + (workload.isDuplicated(domain) ? 1 : 0) + (workload.isProbedAgain(domain) ? 1 : 0))
                .sum();

        assertThat(workload.observations()).isEqualTo(2 * written);
    }

    @Test
    void someRecordsAreDuplicatesAndSomeDomainsAreProbedAgain() {
        assertThat(new Workload(10_000, 1).observations()).isBetween(10_500L, 10_700L);
    }

    @Test
    void everyRecordIsOfFullSizeAndOfADomainThatTakesMail() {
        for (int domain = 0; domain < 2_000; domain++) {
            Observation seen = ObservationMaker.observation("2026-11", domain, domain % 2 == 0);

            assertThat(Wire.write(seen).length).isGreaterThanOrEqualTo(1_500);
            assertThat(DomainJudge.judge(seen).status()).isEqualTo(DomainStatus.OK);
        }
    }

    @Test
    void theSameDomainInTheSameSurveyIsTheSameRecord() {
        String once = text(ObservationMaker.observation("2026-11", 7, false));

        assertThat(text(ObservationMaker.observation("2026-11", 7, false))).isEqualTo(once);
    }

    @Test
    void aDomainThatIsProbedAgainIsObservedLater() {
        Observation first = ObservationMaker.observation("2026-11", 7, false);
        Observation again = ObservationMaker.observation("2026-11", 7, true);

        assertThat(again.domain()).isEqualTo(first.domain());
        assertThat(again.observedAt()).isAfter(first.observedAt());
    }

    private static String text(Observation seen) {
        return new String(Wire.write(seen), UTF_8);
    }
}
