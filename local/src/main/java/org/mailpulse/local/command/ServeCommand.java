package org.mailpulse.local.command;

import java.util.concurrent.Callable;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** The page over what has been surveyed. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Serves the page of the surveys that are in the data folder.",
        footer = {"", "Example:", "  mailpulse serve --port 8025"})
public final class ServeCommand implements Callable<Integer> {
    @Mixin
    PageOptions page;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        try (Interrupt interrupt = Interrupt.install();
                DataFolder data = Folders.open(global);
                Services services = Services.startWarehouse(data, global.clickhouse);
                PageOptions.Page shown = page.open(services.warehouse())) {
            shown.serve(parent.console(), interrupt);
        }
        return ExitCode.OK;
    }
}
