package org.mailpulse.warehouse.dashboards;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes of a panel's SQL what arrives at ClickHouse, in the order in which it happens: the ClickHouse plugin settles
 * {@code $__conditionalAll}, Grafana puts the variables in, the plugin's backend expands the other macros.
 *
 * @param interval seconds per point that Grafana would suggest
 */
record GrafanaMacros(Instant from, Instant to, long interval, Map<String, Variable> variables) {
    private static final Pattern CONDITIONAL_ALL =
            Pattern.compile("\\$__conditionalAll\\(((?:[^()]|\\([^()]*\\))*),\\s*\\$\\{?(\\w+)}?\\s*\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::(\\w+))?}|\\$(?!__)(\\w+)");
    private static final Pattern MACRO = Pattern.compile("\\$__(\\w+)(?:\\(([^()]*)\\))?");

    /**
     * What is chosen.
     *
     * @param values one, or several of a variable with multiple choice
     * @param all the choice is "All"; values are then all there are
     */
    record Variable(List<String> values, boolean multiple, boolean all) {
        static Variable one(String value) {
            return new Variable(List.of(value), false, false);
        }

        static Variable several(String... values) {
            return new Variable(List.of(values), true, false);
        }

        static Variable all(String... values) {
            return new Variable(List.of(values), true, true);
        }
    }

    String expand(String sql) {
        String settled =
                replace(CONDITIONAL_ALL, sql, match -> variable(match.group(2)).all() ? "1=1" : match.group(1));
        String filled = replace(
                VARIABLE,
                settled,
                match -> match.group(1) != null
                        ? format(variable(match.group(1)), match.group(2))
                        : format(variable(match.group(3)), null));
        return replace(MACRO, filled, match -> macro(match.group(1), match.group(2)));
    }

    private Variable variable(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("no variable is named " + name);
        }
        return variable;
    }

    private static String format(Variable variable, String format) {
        if (format == null) { // the plugin's own way: nothing is escaped
            return variable.multiple()
                    ? quoted(variable, UnaryOperator.identity())
                    : variable.values().get(0);
        }
        return switch (format) {
            case "sqlstring" -> quoted(variable, value -> value.replace("'", "''"));
            case "percentencode" ->
                percentEncoded(
                        variable.multiple()
                                ? "{" + String.join(",", variable.values()) + "}"
                                : variable.values().get(0));
            default -> throw new IllegalArgumentException("no format is named " + format);
        };
    }

    private static String quoted(Variable variable, UnaryOperator<String> escape) {
        return variable.values().stream()
                .map(value -> "'" + escape.apply(value) + "'")
                .collect(Collectors.joining(","));
    }

    private static String percentEncoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private String macro(String name, String argument) {
        return switch (name) {
            case "fromTime" -> seconds(from);
            case "toTime" -> seconds(to);
            case "timeFilter" -> argument + " >= " + seconds(from) + " AND " + argument + " <= " + seconds(to);
            case "timeInterval" ->
                "toStartOfInterval(toDateTime(" + argument + "), INTERVAL " + Math.max(1, interval) + " second)";
            default -> throw new IllegalArgumentException("no macro is named $__" + name);
        };
    }

    private static String seconds(Instant time) {
        return "toDateTime(" + time.getEpochSecond() + ")";
    }

    /** The replacement is taken as it is, whatever dollars and backslashes are in it. */
    private static String replace(Pattern pattern, String text, Function<MatchResult, String> by) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(by.apply(match)));
    }
}
