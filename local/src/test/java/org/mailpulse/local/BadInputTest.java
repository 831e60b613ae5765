package org.mailpulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.local.terminal.Console;

/** Whatever is wrong with what the user gave: one line that says so, the right exit code, no stack trace. */
@Timeout(120)
class BadInputTest {
    @TempDir
    Path folder;

    private record Result(int exitCode, String out, String err) {
        void isUsageError(String message) {
            assertThat(err.lines()).as(err).hasSize(1);
            assertThat(err).startsWith("mailpulse: ").contains(message).doesNotContain("\tat ");
            assertThat(exitCode).isEqualTo(2);
            assertThat(out).isEmpty();
        }
    }

    private Result mailpulse(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), false);
        int exitCode = Main.commandLine(console).execute(args);
        return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    }

    private Result run(String targets, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("targets.csv"), targets, UTF_8);
        List<String> args =
                new ArrayList<>(List.of("run", "--data", folder.resolve("data").toString()));
        args.addAll(List.of("--targets", file.toString(), "--no-serve"));
        args.addAll(Arrays.asList(more));
        return mailpulse(args.toArray(String[]::new));
    }

    @Test
    void anUnknownCommandIsNamed() {
        mailpulse("survery").isUsageError("survery");
    }

    @Test
    void anUnknownOptionIsNamed() {
        mailpulse("run", "--target", "x.csv").isUsageError("--target");
    }

    @Test
    void aMissingOptionIsNamed() {
        mailpulse("run").isUsageError("--targets");
    }

    @Test
    void aMissingTargetListIsNamed() {
        mailpulse("run", "--data", folder.resolve("data").toString(), "--targets", "nowhere.csv")
                .isUsageError("nowhere.csv");
    }

    @Test
    void aWorkerWithNothingInFlightIsRefused() {
        mailpulse("worker", "--kafka", "127.0.0.1:9", "--in-flight", "0").isUsageError("--in-flight must be 1…100,000");
    }

    @Test
    void aTargetListWithoutHeaderIsRefused() throws IOException {
        run("example.org\nexample.net\n").isUsageError("domain");
    }

    @Test
    void anEmptyTargetListIsRefused() throws IOException {
        run("").isUsageError("targets.csv");
    }

    @Test
    void aTargetListWithoutOneGoodLineIsRefusedAndTheBadLinesAreListed() throws IOException {
        Result result = run("domain\nnot a domain\n-bad-.example\n");

        result.isUsageError("targets.csv");
        assertThat(folder.resolve("data/rejected.csv"))
                .content(UTF_8)
                .contains("2,")
                .contains("3,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--survey|November|2026-11",
                "--survey|2026-13|2026-13",
                "--survey|../../etc|2026-11",
                "--smtp-port|0|--smtp-port must be",
                "--smtp-port|70000|--smtp-port must be",
                "--smtp-port|smtp|smtp",
                "--concurrency|0|--concurrency must be",
                "--per-address|-1|-1",
                "--gap|-1|--gap",
                "--gap|NaN|--gap",
                "--per-network|0|--per-network must be",
                "--network-gap|-1|--network-gap",
                "--rate|0|--rate must be",
                "--rate|NaN|--rate must be",
                "--canary|mx.example,bad name|bad name",
                "--canary-every|0|--canary-every must be",
                "--resolver|127.0.0.1:notaport|notaport",
                "--ehlo-name|bad name|bad name",
                "--vantage|Übersee|Übersee",
                "--vantage|consensus|--vantage must be another name",
                "--trust-store|nowhere.pem|nowhere.pem",
                "--trust-anchor|nowhere.key|nowhere.key",
                "--policy-port|0|--policy-port",
                "--policy-port|https|https",
                "--opt-out|nowhere.txt|nowhere.txt",
                "--clickhouse|db:8123|jdbc:clickhouse:",
                "--port|70000|70000"
            })
    void aSettingThatCannotBeIsNamed(String option, String value, String message) throws IOException {
        run("domain\na.example\n", option, value).isUsageError(message);
    }

    @Test
    void aTrustStoreThatIsNoPemIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "not a certificate");

        run("domain\na.example\n", "--trust-store", file.toString()).isUsageError("ca.pem");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "; only a comment\n",
                "this is no zone file",
                "example.org. 60 IN A 192.0.2.1\n",
                ". 60 IN DS 20326 8 2 nothex\n",
                ". 60 IN DNSKEY 0 3 8 AwEAAQ==\n",
                "$INCLUDE /etc/passwd\n"
            })
    void aTrustAnchorThatIsNoneIsNamed(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("anchor.key"), content);

        run("domain\na.example\n", "--trust-anchor", file.toString()).isUsageError("anchor.key");
    }

    @Test
    void anOptOutListWithABadLineIsNamedWithTheLine() throws IOException {
        Path file = Files.writeString(folder.resolve("optout.txt"), "# those who asked\n300.1.2.3/99\n");

        Result result = run("domain\na.example\n", "--opt-out", file.toString());

        result.isUsageError("optout.txt");
        assertThat(result.err()).contains("2");
    }

    @Test
    void aDataFolderInUseIsNamed() throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        try (FileChannel other =
                        FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = other.lock()) {
            Result result = run("domain\na.example\n");

            assertThat(lock.isValid()).isTrue();
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains("in use");
        }
    }

    @Test
    void aDataFolderThatIsAFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("data"), "in the way");

        Result result = run("domain\na.example\n");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("data");
    }

    @Test
    void aPortThatIsTakenIsNamedBeforeTheSurveyStarts() throws IOException {
        Path targets = Files.writeString(folder.resolve("targets.csv"), "domain\na.example\n", UTF_8);
        String data = folder.resolve("data").toString();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = String.valueOf(taken.getLocalPort());

            Result result = mailpulse("run", "--data", data, "--targets", targets.toString(), "--port", port);

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err().lines()).hasSize(1);
            assertThat(result.err()).contains(port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "status", "close"})
    void aSurveyFromVantagePointsThatCannotBeIsRefused(String command) throws IOException {
        Path file = Files.writeString(folder.resolve("targets.csv"), "domain\na.example\n", UTF_8);
        for (String vantages : List.of("oslo,consensus", "oslo,,frankfurt", "oslo,oslo", "o slo")) {
            List<String> args = new ArrayList<>(List.of("survey", command, "--vantage", vantages));
            if (command.equals("start")) {
                args.addAll(List.of("--targets", file.toString()));
            }
            mailpulse(args.toArray(String[]::new)).isUsageError("--vantage must be");
        }
    }

    @Test
    void aWorkerMustNotBeCalledTheConsensus() {
        mailpulse("worker", "--kafka", "127.0.0.1:1", "--vantage", "consensus").isUsageError("--vantage must be");
    }

    @Test
    void aKafkaThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        Result result = mailpulse("schema", "apply", "--kafka", "127.0.0.1:" + port);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).contains("127.0.0.1:" + port);
    }

    @Test
    void theExportOfASurveyThatIsNotThereIsRefused() {
        mailpulse(
                        "export",
                        "--data",
                        folder.resolve("data").toString(),
                        "--survey",
                        "1999-01",
                        "--out",
                        folder.resolve("out").toString())
                .isUsageError("1999-01");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--method 3|there is no version 3",
                "--method two|two",
                "--method 0|there is no version 0",
                "--from 2026-11|--method",
                "--method 1 --from 2026-12 --to 2026-11|after",
                "--method 1 --from November|--from",
                "--method 1 --to 2026-13|--to",
                "--method 1 --source tape|--source must be",
                "--method 1 --from 1999-01|1999-01",
                "--method 1|no survey"
            })
    void aJudgementThatCannotBeIsRefused(String options, String message) {
        List<String> args = new ArrayList<>(
                List.of("rejudge", "--data", folder.resolve("data").toString()));
        args.addAll(List.of(options.split(" ")));

        mailpulse(args.toArray(String[]::new)).isUsageError(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--survey|November|2026-11",
                "--survey|1999-01|there is no survey 1999-01",
                "--top|0|--top must be",
                "--top|10001|--top must be",
                "--top|many|many",
                "--vantage|oslo|there is no survey in",
                "--size|3|--size"
            })
    void aReportOfProvidersThatCannotBeIsRefused(String option, String value, String message) {
        mailpulse("providers", "--data", folder.resolve("data").toString(), option, value)
                .isUsageError(message);
    }

    @Test
    void helpHasExamplesAndEndsWell() {
        for (String command : List.of("run", "export", "rejudge", "serve", "providers", "worker")) {
            Result result = mailpulse(command, "--help");

            assertThat(result.exitCode()).isZero();
            assertThat(result.out()).contains("Example");
        }
    }
}
