package org.mailpulse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each kind of process finds on its class path, all of it from that of the tests. */
public final class ClassPaths {
    private static final Path JOB_JAR = Path.of("..", "stream-jobs", "target", "mailpulse-stream-jobs.jar");

    /** They bear Flink's name, but no cluster has them of itself. */
    private static final String CONNECTORS = "flink-connector-(base|kafka|jdbc-core)-.*";

    /** What Flink's own classes need from others. */
    private static final String FLINKS_LIBRARIES =
            "(kryo|reflectasm|objenesis|minlog|snakeyaml-engine|javassist|slf4j-api|jsr305)-.*"
                    + "|commons-(cli|collections|math3|text)-.*";

    private ClassPaths() {}

    /** The job's jar, for a Flink cluster. */
    public static Path jobJar() {
        assertThat(JOB_JAR)
                .as("the job's jar, which the phase 'package' of stream-jobs builds: use mvn verify, not mvn test")
                .exists();
        return JOB_JAR;
    }

    /** That of {@code ./mailpulse}: what the tests add to the path must not be what makes it work. */
    public static String mailpulse() {
        return joined(entries(path -> !path.endsWith("test-classes") && !path.endsWith("testbed/target/classes")));
    }

    /** All that Flink itself consists of, as in the folder {@code lib} of its distribution. */
    public static String flink() {
        return joined(Stream.concat(flinksJars().stream(), named(name -> name.matches(FLINKS_LIBRARIES)).stream())
                .toList());
    }

    static List<Path> flinksJars() {
        return named(name -> name.startsWith("flink-") && !name.matches(CONNECTORS));
    }

    /** The jars of these names, which are regular expressions. */
    public static String jars(String names) {
        return joined(named(name -> name.matches(names)));
    }

    private static List<Path> named(Predicate<String> wanted) {
        return entries(path -> wanted.test(path.getFileName().toString()));
    }

    private static List<Path> entries(Predicate<Path> wanted) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(wanted)
                .toList();
    }

    private static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
