package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mailpulse.stream.SurveyStatisticsJob;

/** The jar for a Flink cluster: all that the job needs, and nothing that the cluster has. */
@Timeout(60)
class JobJarTest {
    private static Path jar;
    private static Set<String> entries;

    @BeforeAll
    static void theJarHasBeenBuilt() throws IOException {
        jar = ClassPaths.jobJar();
        entries = entries(jar);
    }

    @Test
    void theImageTakesTheJarThatIsBuilt() throws IOException {
        assertThat(Files.readString(ComposeFile.FOLDER.resolve("Dockerfile")))
                .contains("stream-jobs/target/" + jar.getFileName());
        assertThat(Files.readString(ComposeFile.FOLDER.resolve("keep-job.sh")))
                .contains("/opt/mailpulse/" + jar.getFileName());
    }

    @Test
    void namesItsMainClass() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(SurveyStatisticsJob.class.getName());
        }
    }

    @Test
    void bringsConnectorsDriversAndCodecs() {
        assertThat(entries)
                .contains(
                        "org/mailpulse/stream/SurveyStatisticsJob.class",
                        "org/mailpulse/model/verdict/DomainJudge.class",
                        "org/mailpulse/warehouse/VerdictTable.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "org/apache/flink/connector/jdbc/core/datastream/sink/JdbcSink.class",
                        "org/apache/flink/connector/base/source/reader/SourceReaderBase.class",
                        "org/apache/kafka/clients/consumer/KafkaConsumer.class",
                        "com/clickhouse/jdbc/Driver.class",
                        "com/github/luben/zstd/ZstdInputStream.class",
                        "picocli/CommandLine.class",
                        "META-INF/services/java.sql.Driver");
    }

    @Test
    void bringsNothingOfFlinkItselfNorItsLogging() throws IOException {
        Set<String> flinksOwn = new HashSet<>();
        for (Path theirs : ClassPaths.flinksJars()) {
            flinksOwn.addAll(entries(theirs));
        }

        assertThat(flinksOwn).contains("org/apache/flink/runtime/minicluster/MiniCluster.class");
        assertThat(entries).filteredOn(entry -> entry.endsWith(".class")).noneMatch(flinksOwn::contains);
        assertThat(entries).noneMatch(entry -> entry.startsWith("org/slf4j/") || entry.startsWith("ch/qos/logback/"));
    }

    @Test
    void isNotSignedByAnybody() {
        assertThat(entries).noneMatch(entry -> entry.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
    }

    private static Set<String> entries(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> names = new HashSet<>();
            file.stream().forEach(entry -> names.add(entry.getName()));
            return names;
        }
    }
}
