package org.mailpulse.benchmarks.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProbeBenchmarkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--round 0",
                "--concurrency -1",
                "--in-flight 500,99999999",
                "--in-flight many",
                "--addresses 0",
                "--certificates 0",
                "--zgrab2 /nowhere/zgrab2",
                "--delay-at NOWHERE"
            })
    void whatCannotBeMeasuredIsRefusedBeforeAnythingIsStarted(String options) {
        StringWriter errors = new StringWriter();
        int exit = new CommandLine(new ProbeBenchmark())
                .setErr(new PrintWriter(errors))
                .execute(options.split(" "));

        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains(options.split(" ")[0]).doesNotContain("\tat ");
    }
}
