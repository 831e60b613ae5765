package org.mailpulse.local.command;

import java.nio.file.Path;
import org.mailpulse.warehouse.Warehouse;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where Mail Pulse keeps its data and finds its services. Each can also be set in the environment. */
public final class GlobalOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAILPULSE_DATA:-./data}",
            description = "Folder for all data of the embedded parts (default: ${DEFAULT-VALUE}).")
    public Path data;

    /** Null: an embedded engine. */
    public String clickhouse;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:MAILPULSE_KAFKA}",
            description = "Bootstrap server of a Kafka cluster (default: an embedded broker).")
    public String kafka;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log on standard error too.")
    public boolean verbose;

    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--clickhouse",
            paramLabel = "URL",
            defaultValue = "${env:MAILPULSE_CLICKHOUSE}",
            description = "JDBC URL of a ClickHouse server, e.g. jdbc:clickhouse://db:8123/mailpulse"
                    + " (default: an embedded engine).")
    void setClickhouse(String url) {
        try {
            if (url != null) {
                Warehouse.at(url);
            }
            clickhouse = url;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--clickhouse: " + e.getMessage());
        }
    }
}
