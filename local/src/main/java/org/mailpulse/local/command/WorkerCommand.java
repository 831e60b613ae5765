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
        Logging.toStandardError();
        try (Interrupt interrupt = Interrupt.install();
                Worker worker = Worker.start(settings, WorkerSettings.of(global.kafka))) {
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
}
