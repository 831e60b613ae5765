package org.mailpulse.local.command;

import java.io.IOException;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.site.SiteServer;
import org.mailpulse.warehouse.Warehouse;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serving the page. */
final class PageOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(names = "--no-serve", description = "End when the work is done, without serving the page.")
    boolean noServe;

    private int port;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8025",
            description = "Port of the page on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any).")
    void setPort(int value) {
        if (value < 0 || value > 65_535) {
            throw new ParameterException(command.commandLine(), "--port must be 0…65535, is '" + value + "'");
        }
        port = value;
    }

    /**
     * The page, from now on; with {@code --no-serve} none. To be opened before the work starts: nobody should learn after
     * hours that the port was taken.
     */
    Page open(Warehouse warehouse) throws IOException {
        return new Page(noServe ? null : SiteServer.start(warehouse, "127.0.0.1", port), warehouse);
    }

    record Page(SiteServer site, Warehouse warehouse) implements AutoCloseable {
        /** Serves until the user ends it; returns at once where there is no page. */
        void serve(Console console, Interrupt interrupt) throws InterruptedException {
            if (site != null && !interrupt.isRequested()) {
                console.say("the page is at " + site.url() + " and ClickHouse at " + warehouse + " (Ctrl-C ends it)");
                interrupt.await();
            }
        }

        @Override
        public void close() {
            if (site != null) {
                site.close();
            }
        }
    }
}
