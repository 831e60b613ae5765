package org.mailpulse.engine.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding data and clauses in SQL text; "|" marks where they are expected. */
class StatementTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "INSERT INTO t |VALUES| (1);Values",
                "insert into t (a, `format`) |values|(1);Values",
                "INSERT INTO format.values |FORMAT CSV |1,2;CSV",
                "INSERT INTO TABLE FUNCTION file('a', 'CSV', 'x String') |FORMAT JSONEachRow\t|{};JSONEachRow",
                "/* VALUES */ INSERT INTO t (a) SETTINGS x = 'VALUES', y = 1 |FORMAT RowBinary |abc;RowBinary",
                "-- FORMAT x\u0001INSERT INTO t |FORMAT Native\u0001|\u0001\u0001data;Native",
            })
    void dataOfAnInsertBeginAfterValuesOrFormat(String marked, String format) {
        marked = marked.replace('\u0001', '\n');
        var parts = marked.split("\\|", 3);
        var text = String.join("", parts).getBytes(StandardCharsets.UTF_8);

        var head = InsertHead.find(text, text.length, false);

        assertThat(head)
                .isEqualTo(new InsertHead(
                        InsertHead.Kind.WITH_DATA, parts[0].length(), format, (parts[0] + parts[1]).length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FORMAT CSV",
                "INSERT INTO t SELECT * FROM values('a String', 'x')",
                "INSERT INTO t WITH 1 AS x SELECT x FORMAT CSV",
                "CREATE TABLE t (values String) ENGINE = Memory",
                "",
                "-- nothing"
            })
    void otherStatementsHaveNoData(String sql) {
        var text = sql.getBytes(StandardCharsets.UTF_8);

        assertThat(InsertHead.find(text, text.length, true).kind()).isEqualTo(InsertHead.Kind.OTHER);
    }

    @Test
    void everyCutOfTheStatementIsUndecidedAndNeverWrong() {
        var text =
                "INSERT INTO a.b (c, d) SETTINGS e = 'VALUES (' FORMAT RowBinary\nxx".getBytes(StandardCharsets.UTF_8);
        var whole = InsertHead.find(text, text.length, false);

        for (int length = 0; length < text.length; length++) {
            var head = InsertHead.find(text, length, false);
            if (head.kind() != InsertHead.Kind.UNDECIDED) {
                assertThat(head).isEqualTo(whole);
                assertThat(length).isGreaterThanOrEqualTo(whole.dataStart());
            }
        }
        assertThat(whole.kind()).isEqualTo(InsertHead.Kind.WITH_DATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "SELECT 1|",
                "SELECT 1 |FORMAT CSV",
                "SELECT 1 |format CSV SETTINGS max_threads = 1",
                "SELECT 1 SETTINGS max_threads = 1 |FORMAT TSV",
                "SELECT format('{}', x) FROM t|",
                "SELECT format('{}', x) y|",
                "SELECT 1 AS format|",
                "SELECT 'FORMAT CSV' FROM t|",
                "SELECT $h$ FORMAT CSV $h$|",
                "SELECT (SELECT 1 FORMAT CSV)|",
            })
    void rowsAreDirectedBeforeTheFormatClause(String marked) {
        var sql = marked.replace("|", "");

        var directed = new String(
                OutputClause.find(sql.getBytes(StandardCharsets.UTF_8)).into("/p", "TSV"), StandardCharsets.UTF_8);

        var ending = marked.endsWith("|") ? "FORMAT TSV" : "";
        assertThat(directed.replaceAll(" +", " "))
                .isEqualTo((marked.replace("|", " INTO OUTFILE '/p' TRUNCATE ") + ending).replaceAll(" +", " "));
    }

    @Test
    void semicolonAndCommentsAtTheEndAreLeftOut() {
        var sql = "SELECT 1 ; -- that's all".getBytes(StandardCharsets.UTF_8);

        assertThat(new String(OutputClause.find(sql).into("/p", "TSV"), StandardCharsets.UTF_8))
                .isEqualTo("SELECT 1 INTO OUTFILE '/p' TRUNCATE FORMAT TSV");
    }
}
