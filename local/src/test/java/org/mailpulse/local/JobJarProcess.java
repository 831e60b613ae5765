package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailpulse.stream.SurveyStatisticsJob;

/** The job's jar in a process with nothing else on the class path but what a Flink distribution brings. */
final class JobJarProcess implements AutoCloseable {
    private static final Path JAR = Path.of("..", "stream-jobs", "target", "mailpulse-stream-jobs.jar");

    /** They bear Flink's name, but no cluster has them of itself. */
    private static final String CONNECTORS = "flink-connector-(base|kafka|jdbc-core)-.*";

    /** What Flink's own classes need from others. */
    private static final String FLINKS_LIBRARIES =
            "(kryo|reflectasm|objenesis|minlog|snakeyaml-engine|javassist|slf4j-api|jsr305)-.*"
                    + "|commons-(cli|collections|math3|text)-.*";

    private final Process process;
    private final Path output;

    private JobJarProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Path jar() {
        assertThat(JAR)
                .as("the job's jar, which the phase 'package' of stream-jobs builds: use mvn verify, not mvn test")
                .exists();
        return JAR;
    }

    static List<Path> flinksJars() {
        return classpath(name -> name.startsWith("flink-") && !name.matches(CONNECTORS));
    }

    static JobJarProcess start(Path folder, Map<String, String> environment, List<String> options) throws IOException {
        String classpath = Stream.of(List.of(jar()), flinksJars(), classpath(name -> name.matches(FLINKS_LIBRARIES)))
                .flatMap(List::stream)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
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

    private static List<Path> classpath(Predicate<String> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> wanted.test(path.getFileName().toString()))
                .toList();
    }
}
