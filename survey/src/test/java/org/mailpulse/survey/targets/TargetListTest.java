package org.mailpulse.survey.targets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Schema;
import org.mailpulse.model.survey.Target;

@Timeout(60)
class TargetListTest {
    @TempDir
    Path folder;

    private Path csv;
    private Path rejected;

    @BeforeEach
    void files() {
        csv = folder.resolve("list.csv");
        rejected = folder.resolve("data/rejected.csv");
    }

    @Test
    void numbersDomainsInTheOrderOfFirstAppearance() throws Exception {
        TargetList list = load("domain", "c.no", "a.no", "C.no.", "b.no");

        assertThat(domains(list)).containsExactly("c.no", "a.no", "b.no");
        assertThat(rejected).doesNotExist();
        assertThat(list.rejected()).isZero();
    }

    @Test
    void makesTargetsWithAllThatTheListSays() throws Exception {
        TargetList list =
                load("domain,population,organisation,category,country", "a.no,gov,\"Ministry of A, B\",ministry,NO");

        assertThat(list.target("2026-11", 0))
                .isEqualTo(new Target(
                        Schema.RECORDS,
                        "2026-11",
                        0,
                        "a.no",
                        List.of("gov"),
                        "Ministry of A, B",
                        "ministry",
                        "NO",
                        List.of(),
                        List.of()));
    }

    @Test
    void takesColumnsInAnyOrderAndPassesOverOthers() throws Exception {
        TargetList list = load("rank, Population ,DOMAIN,note", "1,top,a.no,x", "2,Top-1M,b.no");

        assertThat(domains(list)).containsExactly("a.no", "b.no");
        assertThat(list.populations(1)).containsExactly("top-1m");
        assertThat(list.populationNames()).containsExactly("top", "top-1m");
    }

    @Test
    void mergesLinesOfOneDomain() throws Exception {
        TargetList list = load(
                "domain,population,organisation,category,country",
                "blåbær.no,z,,,NO",
                "b.no,z,,,",
                "xn--blbr-roah.no,a,Berries,,",
                "BLÅBÆR.no.,z,Others,food,SE");

        assertThat(list.size()).isEqualTo(2);
        assertThat(list.target("2026-11", 0))
                .isEqualTo(new Target(
                        Schema.RECORDS,
                        "2026-11",
                        0,
                        "xn--blbr-roah.no",
                        List.of("a", "z"),
                        "Berries",
                        "food",
                        "NO",
                        List.of(),
                        List.of()));
        assertThat(list.populations(1)).containsExactly("z");
    }

    @Test
    void readsWindowsAndOldMacLinesAndAByteOrderMark() throws Exception {
        Files.writeString(csv, "\uFEFFdomain\r\na.no\rb.no\n\"c.no\"", UTF_8);

        assertThat(domains(TargetList.load(csv, rejected))).containsExactly("a.no", "b.no", "c.no");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | empty line",
                "' \t ' | empty line",
                "',gov' | no domain",
                "'not a domain' | not a domain",
                "'192.0.2.1' | 'an IP address, not a domain'",
                "'localhost' | a single label",
                "'a.no,Gov List' | 'population is not [a-z0-9][a-z0-9._-]{0,63}'",
                "'a.no,*' | 'population is not [a-z0-9][a-z0-9._-]{0,63}'",
                "'a.no,gov,Ministry of A, B and C,m,NO' | more fields than the header",
                "'\"a.no' | quotes do not close on this line",
                "'\"a.no\"x,gov' | quotes do not close on this line",
            })
    void setsABadLineAsideWithItsNumberAndTheReason(String line, String reason) throws Exception {
        TargetList list = load("domain,population,organisation,category,country", "good.no", line, "better.no");

        assertThat(domains(list)).containsExactly("good.no", "better.no");
        assertThat(list.rejected()).isEqualTo(1);
        List<String> lines = Files.readAllLines(rejected);
        assertThat(lines).hasSize(2).first().isEqualTo("line,reason,raw");
        assertThat(Columns.fields(lines.get(1))).containsExactly("3", reason, Blanks.strip(line));
    }

    @Test
    void aLineInAnotherEncodingSpoilsNoOther() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("domain\na.no\n".getBytes(UTF_8));
        bytes.write("blåbær.no\n".getBytes(ISO_8859_1));
        bytes.write("blåbær.no\n".getBytes(UTF_8));
        Files.write(csv, bytes.toByteArray());

        TargetList list = TargetList.load(csv, rejected);

        assertThat(domains(list)).containsExactly("a.no", "xn--blbr-roah.no");
        assertThat(rejected).content().contains("3,not UTF-8,bl\uFFFDb\uFFFDr.no");
    }

    @Test
    void anOverlongLineIsPassedOverAndKeptShort() throws Exception {
        TargetList list = load("domain", "a.no", "x".repeat(20_000_000), "b.no", "y".repeat(8193));

        assertThat(domains(list)).containsExactly("a.no", "b.no");
        assertThat(list.rejected()).isEqualTo(2);
        assertThat(Files.size(rejected)).isLessThan(1000);
    }

    @Test
    void anOpenQuoteSwallowsOnlyItsOwnLine() throws Exception {
        TargetList list = load("domain,organisation", "a.no,\"Open", "b.no,\"Closed\"", "c.no,5\" floppy");

        assertThat(domains(list)).containsExactly("b.no", "c.no");
        assertThat(list.target("2026-11", 1).organisation()).isEqualTo("5\" floppy");
    }

    @Test
    void controlCharactersReachNeitherTargetsNorMessages() throws Exception {
        TargetList list = load("domain,organisation", "a.no,Red\u001B[31mTape\tOffice", "\u001B[2Jx,y");

        assertThat(list.target("2026-11", 0).organisation()).isEqualTo("Red [31mTape Office");
        assertThat(Files.readString(rejected)).doesNotContain("\u001B");
    }

    @Test
    void everyLineIsATargetADuplicateOrRejected() throws Exception {
        String[] lines = IntStream.range(0, 1000)
                .mapToObj(i -> i % 7 == 0 ? "bad_" + i : "d" + i % 100 + ".no")
                .toArray(String[]::new);

        TargetList list = load("domain", lines);

        assertThat(list.rejected()).isEqualTo(143);
        assertThat(list.size()).isEqualTo(100);
    }

    @Test
    void theRejectedLinesOfAnEarlierListGoAway() throws Exception {
        load("domain", "a.no", "bad");
        assertThat(rejected).exists();

        load("domain", "a.no");
        assertThat(rejected).doesNotExist();
    }

    @Test
    void theIdTellsListsApartButNotTheWayTheyAreWritten() throws Exception {
        String id = load("domain,population", "a.no,x", "b.no,y").listId();

        assertThat(id).matches("[0-9a-f]{64}");
        assertThat(load("population,domain,rank", "x,A.NO.,1", "y,b.no,2", "x,a.no,3", ",,,")
                        .listId())
                .isEqualTo(id);
        assertThat(load("domain,population", "b.no,y", "a.no,x").listId()).isNotEqualTo(id);
        assertThat(load("domain,population", "a.no,x", "b.no,x").listId()).isNotEqualTo(id);
        assertThat(load("domain,population", "a.no,x", "b.no,y", "c.no,").listId())
                .isNotEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 'line 1: the file is empty, a header with a column ''domain'' is needed'",
                "'domain' | 'line 1: nothing follows the header'",
                "'domain\n' | 'line 1: nothing follows the header'",
                "'a.no\nb.no' | 'line 1: the header needs a column ''domain'' (names parted by commas), but is: a.no'",
                "'domain;population\na.no;x' | 'line 1: the header needs a column ''domain'' (names parted by commas), but is: domain;population'",
                "'domain,domain\na.no,b.no' | 'line 1: the header names column ''domain'' twice'",
                "'\"domain\na.no' | 'line 1: the header''s quotes do not close'",
                "'domain\nnot one\n\n' | 'no line is a target; line 2: not a domain'",
            })
    void aListWithoutOneTargetIsRefusedInOneLine(String content, String message) throws IOException {
        Files.writeString(csv, content);

        assertRefused("target list " + csv + ", " + message);
    }

    @Test
    void aListInUtf16IsRefusedInOneLine() throws IOException {
        Files.write(csv, "\uFEFFdomain\na.no\n".getBytes(UTF_16LE));

        assertRefused("target list " + csv + ", line 1: the header is not UTF-8");
    }

    @Test
    void aMissingFileIsRefusedInOneLine() {
        assertRefused("target list " + csv + " does not exist");
    }

    @Test
    void aFolderIsRefusedInOneLine() throws IOException {
        Files.createDirectory(csv);

        assertRefused("target list " + csv + " cannot be read: Is a directory");
    }

    @Test
    void theListIsNotOverwrittenByItsOwnRejectedLines() throws IOException {
        Files.writeString(csv, "domain\nbad\n");

        assertThatExceptionOfType(TargetListException.class)
                .isThrownBy(() -> TargetList.load(csv, csv))
                .withMessage("target list " + csv + " is the file that rejected lines are written to");
        assertThat(csv).hasContent("domain\nbad\n");
    }

    @Test
    void aMillionLinesLoadWithin128MegabytesOfHeap() throws Exception {
        try (var writer = Files.newBufferedWriter(csv)) {
            writer.write("domain,population,organisation,category,country\n");
            for (int i = 0; i < 1_000_000; i++) {
                writer.write(
                        "host-" + Integer.toString(i * 31, 36) + ".municipality" + i % 1000 + ".example,top-1m,,,\n");
            }
        }
        Process loader = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loader.class.getName(),
                        csv.toString(),
                        rejected.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(loader.getInputStream().readAllBytes(), UTF_8);

        assertThat(loader.waitFor()).as(output).isZero();
        assertThat(output).startsWith("1000000 targets");
    }

    /** Another process, whose memory the test can bound. */
    static final class Loader {
        public static void main(String[] args) throws Exception {
            long start = System.nanoTime();
            TargetList list = TargetList.load(Path.of(args[0]), Path.of(args[1]));
            System.gc();
            long used =
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
            System.out.printf(
                    "%d targets, last %s, %d ms, %d MB%n",
                    list.size(),
                    list.domain(list.size() - 1),
                    (System.nanoTime() - start) / 1_000_000,
                    used / 1_000_000);
        }
    }

    private TargetList load(String header, String... lines) throws Exception {
        Files.writeString(csv, header + "\n" + String.join("\n", lines) + "\n");
        return TargetList.load(csv, rejected);
    }

    private static List<String> domains(TargetList list) {
        return IntStream.range(0, list.size()).mapToObj(list::domain).toList();
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(TargetListException.class)
                .isThrownBy(() -> TargetList.load(csv, rejected))
                .withMessage(message);
    }
}
