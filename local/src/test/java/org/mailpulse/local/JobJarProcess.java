package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mailpulse.stream.SurveyStatisticsJob;

/** The job's jar in a process with nothing else on the class path but what a Flink distribution brings. */
final class JobJarProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private JobJarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static JobJarProcess start(Path folder, Map<String, String> environment, List<String> options) throws IOException {
        String classpath = ClassPaths.jobJar() + File.pathSeparator + ClassPaths.flink();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classpath,
                SurveyStatisticsJob.class.getName()));
        command.addAll(options);
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new JobJarProcess(builder.start(), output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
