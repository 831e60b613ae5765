package org.mailpulse.warehouse.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.warehouse.dashboards.GrafanaMacros.Variable;

/** What version 4.20.0 of the ClickHouse plugin makes of SQL. */
class GrafanaMacrosTest {
    private final GrafanaMacros macros = new GrafanaMacros(
            Instant.ofEpochSecond(100),
            Instant.ofEpochSecond(200),
            0,
            Map.of(
                    "one", Variable.one("it's"),
                    "several", Variable.several("a", "b'c"),
                    "every", Variable.all("x", "y")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $__timeFilter(t)                                   | t >= toDateTime(100) AND t <= toDateTime(200)
            $__timeInterval(t)                                 | toStartOfInterval(toDateTime(t), INTERVAL 1 second)
            $__fromTime, $__toTime                             | toDateTime(100), toDateTime(200)
            $one, ${one}                                       | it's, it's
            ${one:sqlstring}                                   | 'it''s'
            ${one:percentencode}                               | it%27s
            $several                                           | 'a','b'c'
            ${several:sqlstring}                               | 'a','b''c'
            $__conditionalAll(x IN ($several), $several) OR 1  | x IN ('a','b'c') OR 1
            $__conditionalAll(x IN ($every), $every) OR 1      | 1=1 OR 1
            """)
    void expandsAsThePluginDoes(String sql, String expected) {
        assertThat(macros.expand(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"$nobody", "$__timeFiltre(t)", "${one:sqlstrings}"})
    void whatNobodyKnowsIsAnError(String sql) {
        assertThatThrownBy(() -> macros.expand(sql)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void macrosInValuesAreLeftToTheBackend() {
        var sly = new GrafanaMacros(Instant.EPOCH, Instant.EPOCH, 1, Map.of("v", Variable.one("$__fromTime")));

        assertThat(sly.expand("${v:percentencode}")).isEqualTo("%24__fromTime");
    }
}
