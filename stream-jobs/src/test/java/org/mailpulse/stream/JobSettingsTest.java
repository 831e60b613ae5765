package org.mailpulse.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.stream.rejudge.RecordSource;
import org.mailpulse.stream.rejudge.RejudgeRequest;

class JobSettingsTest {
    private static final String KAFKA = "127.0.0.1:9092";
    private static final String CLICKHOUSE = "jdbc:clickhouse://127.0.0.1:8123/mailpulse";

    static JobSettings settings() {
        return JobArguments.parse(new String[] {"--kafka", KAFKA, "--clickhouse", CLICKHOUSE}, Map.of())
                .settings();
    }

    @Test
    void defaultsAreThoseOfTheHelpText() {
        JobSettings settings = settings();

        assertThat(settings.parallelism()).isEqualTo(1);
        assertThat(settings.sourceParallelism()).isEqualTo(1);
        assertThat(settings.checkpointInterval()).hasSeconds(30);
        assertThat(settings.checkpointDir()).isNull();
        assertThat(settings.restoreFrom()).isNull();
        assertThat(settings.user()).isEmpty();
        assertThat(settings.password()).isEmpty();
        assertThat(settings.archive()).isTrue();
    }

    @Test
    void everyOptionReachesItsSetting() {
        String[] args = {
            "--kafka=k1:9092,k2:9092",
            "--clickhouse=" + CLICKHOUSE,
            "--clickhouse-user=writer",
            "--parallelism=4",
            "--source-parallelism=2",
            "--checkpoint-dir=s3://bucket/checkpoints",
            "--checkpoint-seconds=10",
            "--restore-from=s3://bucket/chk-7",
            "--no-archive",
            "--rejudge=1",
            "--from=2026-10",
            "--to=2026-11",
            "--source=kafka"
        };

        JobOrder order = JobArguments.parse(args, Map.of(JobArguments.PASSWORD, "secret"));
        JobSettings settings = order.settings();

        assertThat(settings.kafka()).isEqualTo("k1:9092,k2:9092");
        assertThat(settings.user()).isEqualTo("writer");
        assertThat(settings.password()).isEqualTo("secret");
        assertThat(settings.parallelism()).isEqualTo(4);
        assertThat(settings.sourceParallelism()).isEqualTo(2);
        assertThat(settings.checkpointDir()).isEqualTo("s3://bucket/checkpoints");
        assertThat(settings.checkpointInterval()).hasSeconds(10);
        assertThat(settings.restoreFrom()).isEqualTo("s3://bucket/chk-7");
        assertThat(settings.archive()).isFalse();
        assertThat(settings.toString()).doesNotContain("secret");
        assertThat(order.rejudge()).isEqualTo(new RejudgeRequest(Method.V1, "2026-10", "2026-11", RecordSource.KAFKA));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--clickhouse=jdbc:clickhouse://h/d; --kafka",
                "--kafka=h:1; --clickhouse",
                "--kafka=nowhere --clickhouse=jdbc:clickhouse://h/d; kafka must be HOST:PORT, not 'nowhere'",
                "--kafka=h:1 --clickhouse=http://h; clickhouse must be a URL",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --parallelism=0; parallelism must be 1",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --parallelism=many; --parallelism",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --source-parallelism=2; source parallelism must be",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --checkpoint-seconds=0; checkpoint interval",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --colour=red; --colour",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --rejudge=9; there is no version 9",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --rejudge=1 --from=May; survey must be",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --rejudge=1 --source=tape; --source must be",
                "--kafka=h:1 --clickhouse=jdbc:clickhouse://h/d --from=2026-11; go with --rejudge",
            })
    void whatIsWrongIsSaidInOneLine(String options, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JobArguments.parse(options.split(" "), Map.of()))
                .withMessageContaining(expected)
                .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
    }
}
