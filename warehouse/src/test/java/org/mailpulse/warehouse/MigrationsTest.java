package org.mailpulse.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MigrationsTest {
    private static final String SCHEMA = """
            SELECT table, name, type, default_kind, comment FROM system.columns
            WHERE database = currentDatabase() ORDER BY table, position
            """;

    @Test
    void databaseAndSchemaAreCreatedAndASecondTimeNothingIsDone() throws Exception {
        Warehouse warehouse = SharedEngine.nothingYet();

        assertThat(Migrations.apply(warehouse)).isEqualTo(Migration.all().size());
        assertThat(Migrations.apply(warehouse)).isZero();
        assertThat(Rows.firstColumn(warehouse, "SELECT DISTINCT table FROM (" + SCHEMA + ")"))
                .contains("surveys", "verdicts", "hosts", "rollups", "transitions");
    }

    @Test
    void migrationThatWasCutOffAfterAnyStatementIsCompleted() throws Exception {
        List<Map<String, Object>> whole = Rows.of(SharedEngine.empty(), SCHEMA);
        List<String> statements = Migration.all().stream()
                .flatMap(step -> step.statements().stream())
                .toList();
        Warehouse cutOff = SharedEngine.nothingYet();
        Migrations.apply(cutOff, List.of());
        for (String statement : statements) {
            Rows.execute(cutOff, statement); // and the process dies before it notes the step
        }

        assertThat(Migrations.apply(cutOff)).isEqualTo(Migration.all().size());
        assertThat(Rows.of(cutOff, SCHEMA)).isEqualTo(whole);
    }

    @Test
    void rowsOutliveAMigrationThatIsRunAgain() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        try (var writer = VerdictTable.writer(warehouse)) {
            writer.add(Samples.withoutMail("a.example"));
        }
        Rows.execute(warehouse, "TRUNCATE TABLE schema_migrations");

        Migrations.apply(warehouse);

        assertThat(Rows.firstColumn(warehouse, "SELECT domain FROM verdicts_final"))
                .containsExactly("a.example");
    }

    @Test
    void laterMigrationIsAppliedAlone() throws Exception {
        Warehouse warehouse = SharedEngine.empty();
        Migration later =
                Migration.of("V999__later.sql", "CREATE TABLE IF NOT EXISTS later (x Int8) ENGINE = Memory;\n");

        int applied = Migrations.apply(
                warehouse,
                Stream.concat(Migration.all().stream(), Stream.of(later)).toList());

        assertThat(applied).isEqualTo(1);
        assertThat(Rows.firstColumn(warehouse, "SELECT max(version) FROM schema_migrations"))
                .containsExactly("999");
    }

    @Test
    void migrationWhoseTextWasChangedIsRefused() throws Exception {
        Warehouse warehouse = SharedEngine.empty();

        assertThatThrownBy(() -> Migrations.apply(warehouse, List.of(Migration.of("V002__verdicts.sql", "SELECT 1;"))))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("migration 002 verdicts was applied to")
                .hasMessageContaining("with another text");
    }

    @Test
    void brokenStatementNamesItsMigrationAndIsNotNoted() throws Exception {
        Warehouse warehouse = SharedEngine.empty();

        assertThatThrownBy(() ->
                        Migrations.apply(warehouse, List.of(Migration.of("V998__broken.sql", "CREATE NONSENSE;"))))
                .isInstanceOf(SQLException.class)
                .hasMessageStartingWith("migration 998 broken failed: ");
        assertThat(Rows.firstColumn(warehouse, "SELECT count() FROM schema_migrations WHERE version = 998"))
                .containsExactly("0");
    }

    @Test
    void semicolonWithinALineEndsNoStatement() {
        Migration migration = Migration.of("V001__a.sql", "SELECT 'a;b';\n-- c; d\nSELECT 2;");

        assertThat(migration.statements()).containsExactly("SELECT 'a;b'", "-- c; d\nSELECT 2");
    }
}
