package org.mailpulse.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.local.terminal.Console;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** No Docker engine is at hand where this is built; so all is checked that can be checked by reading. */
class DeployTest {
    private static final Path ROOT = Path.of("..");

    private static ComposeFile compose;

    @BeforeAll
    static void read() throws IOException {
        compose = ComposeFile.read();
    }

    @Test
    void everyPartIsThere() {
        assertThat(compose.services())
                .containsKeys("kafka", "jobmanager", "taskmanager", "job", "clickhouse", "grafana", "worker");
    }

    @Test
    void servicesWaitForServicesThatExist() {
        assertThat(compose.services())
                .allSatisfy((name, service) ->
                        assertThat(compose.services().keySet()).containsAll(ComposeFile.dependencies(service)));
    }

    @Test
    void everyMountedPathIsInTheProjectAndEveryVolumeIsDeclared() {
        List<String> sources = all("volumes").map(mount -> mount.split(":")[0]).toList();

        assertThat(sources)
                .filteredOn(source -> source.startsWith("."))
                .allSatisfy(
                        source -> assertThat(ComposeFile.FOLDER.resolve(source)).exists());
        assertThat(new TreeSet<>(sources.stream()
                        .filter(source -> !source.startsWith("."))
                        .toList()))
                .isEqualTo(new TreeSet<>(compose.volumes()));
    }

    @Test
    void portsAreOpenToThisMachineOnly() {
        assertThat(all("ports")).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void exampleOfTheEnvironmentNamesExactlyTheVariablesThatAreUsed() throws IOException {
        List<String> named = Files.readAllLines(ComposeFile.FOLDER.resolve("env.example")).stream()
                .filter(line -> line.matches("\\w+=.*"))
                .map(line -> line.split("=")[0])
                .sorted()
                .toList();

        assertThat(named).containsExactlyElementsOf(compose.variables());
    }

    @Test
    void imagesAreThoseOfTheVersionsThatTheProjectIsBuiltWith() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        String java = "java" + first(pom, "<maven.compiler.release>(.*?)<");
        String engine = first(
                Files.readString(ROOT.resolve("clickhouse-engine/package.json")), "\": \"(\\d+\\.\\d+)\\.\\d+-stable");

        assertThat(image("kafka")).isEqualTo("apache/kafka:" + first(pom, "<kafka.version>(.*?)<"));
        assertThat(image("clickhouse")).isEqualTo("clickhouse/clickhouse-server:" + engine);
        assertThat(dockerfile()).contains("FROM flink:" + first(pom, "<flink.version>(.*?)<") + "-" + java + " ");
    }

    @Test
    void everyImageHasAVersion() throws IOException {
        Stream<String> pulled = compose.services().values().stream()
                .map(service -> String.valueOf(service.get("image")))
                .filter(image -> !image.endsWith(":local"));

        assertThat(Stream.concat(pulled, from("FROM (\\S+)").stream()))
                .isNotEmpty()
                .allMatch(image -> image.matches("[a-z/-]+:[\\w.-]*\\d[\\w.-]*"));
    }

    @Test
    void whatIsBuiltIsAStageOfTheDockerfileThatCopiesWhatExists() throws IOException {
        List<String> stages = from("FROM \\S+ AS (\\w+)");
        List<String> copied = from("COPY (deploy/\\S+)");

        assertThat(compose.services().values())
                .extracting(service -> service.get("build"))
                .filteredOn(Objects::nonNull)
                .isNotEmpty()
                .allSatisfy(build -> assertThat(stages)
                        .contains((String) ComposeFile.map(build).get("target")));
        assertThat(copied)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
        assertThat(Files.isExecutable(ComposeFile.FOLDER.resolve("keep-job.sh")))
                .isTrue();
        assertThat(dockerfile()).contains("\"" + Main.class.getName() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare", "worker", "mailpulse"})
    void commandsAreThoseOfTheCommandLine(String service) {
        CommandLine line = Main.commandLine(silent());

        assertThatCode(() -> line.parseArgs(compose.command(service).toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void theExampleInTheComposeFileIsACommandToo() throws IOException {
        String example = first(Files.readString(ComposeFile.FOLDER.resolve("compose.yaml")), "run --rm mailpulse (.*)");

        assertThatCode(() -> Main.commandLine(silent()).parseArgs(example.split(" ")))
                .doesNotThrowAnyException();
    }

    @Test
    void grafanaIsGivenTheDataSourceAndThePluginThatTheDashboardsAskFor() throws IOException {
        Map<String, Object> source = ComposeFile.map(
                ((List<?>) provisioned("datasources/clickhouse.yaml").get("datasources")).get(0));
        Map<String, Object> environment =
                ComposeFile.map(compose.service("grafana").get("environment"));
        String plugin = String.valueOf(environment.get("GF_PLUGINS_PREINSTALL_SYNC"));

        assertThat(source).containsEntry("uid", "mailpulse-clickhouse").containsEntry("type", plugin.split("@")[0]);
        for (Path dashboard : dashboards()) {
            String json = Files.readString(dashboard);
            assertThat(allOf(json, "\"type\": \"(grafana-[\\w-]+)\"")).containsOnly(plugin.split("@")[0]);
            assertThat(allOf(json, "\"uid\": \"(mailpulse-clickhouse)\"")).isNotEmpty();
            assertThat(allOf(json, "\"pluginVersion\": \"(.*?)\"")).containsOnly(plugin.split("@")[1]);
        }
    }

    @Test
    void grafanaFindsTheDashboards() throws IOException {
        Map<String, Object> provider = ComposeFile.map(
                ((List<?>) provisioned("dashboards/mailpulse.yaml").get("providers")).get(0));
        String folder = String.valueOf(ComposeFile.map(provider.get("options")).get("path"));
        Map<String, Object> grafana = compose.service("grafana");

        assertThat(ComposeFile.list(grafana.get("volumes"))).contains("../dashboards:" + folder + ":ro");
        String home = String.valueOf(
                ComposeFile.map(grafana.get("environment")).get("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"));
        assertThat(ROOT.resolve("dashboards" + home.substring(folder.length()))).exists();
    }

    @Test
    void grafanaReadsAsAUserWhoCannotWrite() throws Exception {
        Map<String, Object> source = ComposeFile.map(
                ((List<?>) provisioned("datasources/clickhouse.yaml").get("datasources")).get(0));
        String user = String.valueOf(ComposeFile.map(source.get("jsonData")).get("username"));
        String password =
                String.valueOf(ComposeFile.map(source.get("secureJsonData")).get("password"));
        var reader = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ComposeFile.FOLDER.resolve("clickhouse/reader.xml").toFile())
                .getDocumentElement();

        assertThat(reader.getElementsByTagName("users").item(0).getTextContent())
                .contains("GRANT SELECT ON mailpulse.*");
        assertThat(reader.getElementsByTagName(user).getLength()).isEqualTo(2); // profile and user
        assertThat(reader.getElementsByTagName("readonly").item(0).getTextContent())
                .isEqualTo("2");
        for (String service : List.of("grafana", "clickhouse")) {
            assertThat(ComposeFile.map(compose.service(service).get("environment")))
                    .containsKey(password.substring(1));
        }
    }

    private static Stream<String> all(String key) {
        return compose.services().values().stream().flatMap(service -> ComposeFile.list(service.get(key)).stream());
    }

    private static String image(String service) {
        return String.valueOf(compose.service(service).get("image"));
    }

    private static Map<String, Object> provisioned(String file) throws IOException {
        return ComposeFile.map(
                new Yaml().load(Files.readString(ComposeFile.FOLDER.resolve("grafana/provisioning/" + file))));
    }

    private static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("dashboards"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    private static String dockerfile() throws IOException {
        return Files.readString(ComposeFile.FOLDER.resolve("Dockerfile"));
    }

    private static List<String> from(String pattern) throws IOException {
        return allOf(dockerfile(), pattern);
    }

    private static String first(String text, String pattern) {
        List<String> found = allOf(text, pattern);
        assertThat(found).as(pattern).isNotEmpty();
        return found.get(0);
    }

    private static List<String> allOf(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Console silent() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        return new Console(nowhere, nowhere, false);
    }
}
