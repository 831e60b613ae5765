package org.mailpulse.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StreamBenchmarkTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--domains 0",
                "--domains many",
                "--surveys 121",
                "--rounds 0",
                "--parallelism 9",
                "--heap 100",
                "--managed 1",
                "--checkpoint-seconds 0",
                "--jobs heap,nonsense",
                "--nonsense 1"
            })
    void whatCannotBeMeasuredIsRefusedBeforeAnythingIsStarted(String options) {
        StringWriter errors = new StringWriter();
        int exit = new CommandLine(new StreamBenchmark())
                .setErr(new PrintWriter(errors))
                .execute(options.split(" "));

        assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains(options.split(" ")[0]).doesNotContain("\tat ");
    }

    @Test
    void thePlanOfAJobComesThroughTheCommandLine() {
        JobPlan plan = new JobPlan(
                Variant.HEAP_VERDICTS,
                "127.0.0.1:9092",
                "jdbc:clickhouse://127.0.0.1:8123/mailpulse",
                123_456_789_012L,
                2,
                10,
                512,
                Path.of("/tmp/job"));

        assertThat(JobPlan.of(plan.arguments().toArray(String[]::new))).isEqualTo(plan);
    }
}
