package org.mailpulse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** {@code deploy/compose.yaml} and the folder that it stands in. */
final class ComposeFile {
    static final Path FOLDER = Path.of("..", "deploy");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([-?])([^}]*))?}");

    private final Map<String, Object> root;

    private ComposeFile(Map<String, Object> root) {
        this.root = root;
    }

    static ComposeFile read() throws IOException {
        return new ComposeFile(map(new Yaml().load(Files.readString(FOLDER.resolve("compose.yaml")))));
    }

    Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> services = new TreeMap<>();
        map(root.get("services")).forEach((name, service) -> services.put(name, map(service)));
        return services;
    }

    Map<String, Object> service(String name) {
        return services().get(name);
    }

    Set<String> volumes() {
        return map(root.get("volumes")).keySet();
    }

    /** What a service waits for, in either way of writing it. */
    static Collection<String> dependencies(Map<String, Object> service) {
        Object wanted = service.getOrDefault("depends_on", List.of());
        return wanted instanceof Map<?, ?> ? map(wanted).keySet() : list(wanted);
    }

    static List<String> list(Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** Names of the variables anywhere in the file. */
    Set<String> variables() {
        return VARIABLE.matcher(root.toString())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The command of a service, its variables filled in by their defaults, else by a word. */
    List<String> command(String service) {
        return list(service(service).get("command")).stream()
                .map(word -> VARIABLE.matcher(word).replaceAll(ComposeFile::filledIn))
                .toList();
    }

    private static String filledIn(MatchResult variable) {
        return "-".equals(variable.group(2)) ? variable.group(3) : "word";
    }
}
