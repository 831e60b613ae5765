package org.mailpulse.local.command;

import java.io.IOException;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.site.SiteServer;
import org.mailpulse.warehouse.Warehouse;
import picocli.CommandLine.Option;

/** Serving the page after the work is done. */
final class PageOptions {
    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8025",
            description = "Port of the page on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any).")
    int port;

    @Option(names = "--no-serve", description = "End when the work is done, without serving the page.")
    boolean noServe;

    /** Serves until the user ends it; returns at once with {@code --no-serve}. */
    void serve(Warehouse warehouse, Console console, Interrupt interrupt) throws IOException, InterruptedException {
        if (noServe || interrupt.isRequested()) {
            return;
        }
        try (SiteServer site = SiteServer.start(warehouse, "127.0.0.1", port)) {
            console.say("the page is at " + site.url() + " (Ctrl-C ends it)");
            interrupt.await();
        }
    }
}
