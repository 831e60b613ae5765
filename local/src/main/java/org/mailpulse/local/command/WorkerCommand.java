package org.mailpulse.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.local.terminal.Logging;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.worker.Worker;
import org.mailpulse.probe.worker.WorkerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** One probe worker, in production. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Runs one probe worker between the topics of a Kafka cluster, until it is stopped.",
        footer = {"", "Example:", "  mailpulse worker --kafka kafka:9092 --vantage oslo --ehlo-name probe.example.org"})
public final class WorkerCommand implements Callable<Integer> {
    @Mixin
    ProbeOptions probing;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description =
                    "Targets worked on at the same time (default: 5000). All of them may ask the resolver at once:"
                            + " fewer where it is slow.")
    Integer inFlight;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        if (global.kafka == null) {
            throw UserException.usage("worker needs --kafka HOST:PORT");
        }
        ProbeSettings settings = probing.settings();
        WorkerSettings ties = ties();
        Logging.toStandardError();
        try (Interrupt interrupt = Interrupt.install();
                Worker worker = Worker.start(settings, ties)) {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            interrupt.stopsBy(() -> stopped.complete(null));
            parent.console().say("worker at vantage point " + settings.vantage() + " reads from " + global.kafka);
            CompletableFuture.anyOf(stopped, worker.finished()).join();
            parent.console().say("worker stops: " + worker.stats());
            return ExitCode.OK;
        } catch (IOException e) {
            throw UserException.failed(e.getMessage(), e);
        }
    }

    private WorkerSettings ties() {
        WorkerSettings usual = WorkerSettings.of(global.kafka);
        try {
            return inFlight == null ? usual : usual.withInFlight(inFlight);
        } catch (IllegalArgumentException e) {
            throw UserException.usage("--in-flight must be 1…100,000, is " + inFlight);
        }
    }
}
