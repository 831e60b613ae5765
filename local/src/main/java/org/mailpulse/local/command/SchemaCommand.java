package org.mailpulse.local.command;

import java.io.IOException;
import java.sql.SQLException;
import org.mailpulse.survey.coordinator.TopicAdmin;
import org.mailpulse.warehouse.Migrations;
import org.mailpulse.warehouse.Warehouse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** Prepares servers that others run. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "Tables and topics on servers that run elsewhere.")
public final class SchemaCommand {
    @ParentCommand
    MailPulseCommand parent;

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            header = "Creates what is missing: ClickHouse tables and Kafka topics. Safe to repeat.",
            footer = {
                "",
                "Example:",
                "  mailpulse schema apply --kafka kafka:9092 --clickhouse jdbc:clickhouse://db:8123/mailpulse"
            })
    int apply(@Mixin GlobalOptions global) throws IOException {
        if (global.clickhouse == null && global.kafka == null) {
            throw UserException.usage(
                    "schema apply needs --clickhouse or --kafka; the embedded ones need no preparing");
        }
        if (global.kafka != null) {
            TopicAdmin.create(global.kafka);
            parent.console().say("topics are there");
        }
        if (global.clickhouse != null) {
            try {
                Migrations.apply(Warehouse.at(global.clickhouse));
            } catch (SQLException e) {
                throw UserException.failed("ClickHouse is not usable: " + e.getMessage(), e);
            }
            parent.console().say("tables are there");
        }
        return 0;
    }
}
