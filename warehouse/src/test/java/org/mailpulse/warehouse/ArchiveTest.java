package org.mailpulse.warehouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.model.Schema;

/** What goes into the archive comes out of it: the newest of each key, byte by byte. */
@Timeout(60)
class ArchiveTest {
    private static final Instant SEEN = Instant.parse("2026-11-02T10:00:00.000001Z");

    private Warehouse warehouse;
    private Archive archive;

    @BeforeEach
    void empty() throws Exception {
        warehouse = SharedEngine.empty();
        archive = new Archive(warehouse);
    }

    @Test
    void everyRecordIsInExactlyOneSlice() throws Exception {
        List<String> written = new ArrayList<>();
        try (BatchWriter<ArchivedObservation> writer = ArchiveTable.observations(warehouse)) {
            for (int i = 0; i < 2_000; i++) {
                String json = "{\"domain\":\"d" + i + ".example\",\"text\":\"Ünï\\n\\n'\\\\\n\n" + i + "\"}";
                written.add(json);
                writer.add(observation("2026-11", "d" + i + ".example", SEEN, i, json));
            }
            writer.add(observation("2026-12", "d1.example", SEEN, 1, "another survey"));
        }

        List<String> read = new ArrayList<>();
        read.addAll(read(Archive.Records.OBSERVATIONS, 0, 99));
        read.addAll(read(Archive.Records.OBSERVATIONS, 100, Archive.SLICES - 1));

        assertThat(read).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void ofSeveralRecordsOfADomainTheNewestHoldsInWhateverOrderTheyCome() throws Exception {
        List<ArchivedObservation> rows = new ArrayList<>(List.of(
                observation("2026-11", "a.example", SEEN, 9, "older by a nanosecond"),
                observation("2026-11", "a.example", SEEN.plusNanos(1), Long.MIN_VALUE, "smallest fingerprint"),
                observation("2026-11", "a.example", SEEN.plusNanos(1), -1, "negative fingerprint"),
                observation("2026-11", "a.example", SEEN.plusNanos(1), 7, "newest"),
                observation("2026-11", "a.example", SEEN.plusNanos(1), 7, "newest")));
        Collections.shuffle(rows, new Random(1));
        for (ArchivedObservation row : rows) {
            try (BatchWriter<ArchivedObservation> writer = ArchiveTable.observations(warehouse)) {
                writer.add(row);
            }
        }

        assertThat(read(Archive.Records.OBSERVATIONS, 0, 255)).containsExactly("newest");
    }

    @Test
    void anEndpointThatWasNotProbedIsOlderThanOneThatWas() throws Exception {
        for (Instant at : new Instant[] {Instant.EPOCH, null}) {
            try (BatchWriter<ArchivedHandshake> writer = ArchiveTable.handshakes(warehouse)) {
                writer.add(new ArchivedHandshake(
                        "2026-11",
                        "oslo",
                        "mx.example",
                        "192.0.2.1",
                        at,
                        1,
                        String.valueOf(at).getBytes(UTF_8)));
            }
        }

        assertThat(read(Archive.Records.HANDSHAKES, 0, 255)).containsExactly("1970-01-01T00:00:00Z");
    }

    @Test
    void versionsAreInTheOrderOfTheMomentsAndThenOfTheFingerprints() {
        assertThat(List.of(
                        ArchiveTable.version(null, Long.MAX_VALUE),
                        ArchiveTable.version(Instant.MIN, 0),
                        ArchiveTable.version(SEEN, Long.MIN_VALUE),
                        ArchiveTable.version(SEEN, -1),
                        ArchiveTable.version(SEEN, 0),
                        ArchiveTable.version(SEEN, Long.MAX_VALUE),
                        ArchiveTable.version(SEEN.plusNanos(1), Long.MIN_VALUE),
                        ArchiveTable.version(Instant.MAX, 0)))
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(version -> version.signum() >= 0 && version.bitLength() <= 128);
    }

    @Test
    void aSurveyIsWholeWhenEveryVerdictHasItsObservation() throws Exception {
        SurveyStore surveys = new SurveyStore(warehouse);
        surveys.start(
                new SurveyRow("2026-11", "oslo", "list", 2, 0, SEEN, null, "trust", Schema.RECORDS, Schema.METHOD));
        try (BatchWriter<ArchivedObservation> writer = ArchiveTable.observations(warehouse)) {
            writer.add(observation("2026-11", "a.example", SEEN, 1, "{}"));
        }

        assertThat(archive.holdings())
                .containsExactly(new Archive.Holding(
                        "2026-11", "oslo", Instant.ofEpochMilli(SEEN.toEpochMilli()), false, 0, 0, 1, 0));
        assertThat(archive.holdings().get(0).isWhole()).isTrue();

        try (var writer = VerdictTable.writer(warehouse)) {
            writer.add(Samples.withoutMail("a.example"));
            writer.add(Samples.withoutMail("b.example"));
        }
        surveys.close("2026-11", "oslo", SEEN);

        Archive.Holding now = archive.holdings().get(0);
        assertThat(now.closed()).isTrue();
        assertThat(now.domains()).isEqualTo(2);
        assertThat(now.isWhole()).isFalse();
    }

    private static ArchivedObservation observation(
            String survey, String domain, Instant at, long fingerprint, String json) {
        return new ArchivedObservation(survey, "oslo", domain, at, fingerprint, json.getBytes(UTF_8));
    }

    private List<String> read(Archive.Records records, int first, int last) throws Exception {
        List<String> read = new ArrayList<>();
        archive.read(records, "2026-11", first, last, json -> read.add(new String(json, UTF_8)));
        return read;
    }
}
