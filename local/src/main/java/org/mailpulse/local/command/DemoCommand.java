package org.mailpulse.local.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mailpulse.local.demo.Demo;
import org.mailpulse.local.demo.DemoWorld;
import org.mailpulse.local.demo.Story;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.terminal.Console;
import org.mailpulse.local.terminal.SurveyProgress;
import org.mailpulse.warehouse.Statistics;
import org.mailpulse.warehouse.SurveyStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A year of surveys in a few minutes. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        header = "Surveys a simulated mail internet month after month, and shows what came out.",
        description = {
            "",
            "Everything is real but the Internet: name servers, mail servers and policy servers are simulated on loopback"
                    + " addresses. The same command again shows what is there, or continues what was interrupted."
        },
        footer = {
            "",
            "Examples:",
            "  mailpulse demo",
            "  mailpulse demo --domains 10000 --surveys 3 --data /tmp/demo --no-serve"
        })
public final class DemoCommand implements Callable<Integer> {
    @Mixin
    WorldOptions options;

    @Mixin
    PageOptions page;

    @Mixin
    GlobalOptions global;

    @ParentCommand
    MailPulseCommand parent;

    @Override
    public Integer call() throws Exception {
        try (Interrupt interrupt = Interrupt.install();
                DataFolder data = Folders.open(global)) {
            DemoWorld world = world(data);
            try (Services services = Services.startWarehouse(data, global.clickhouse)) {
                if (Demo.isComplete(services, world)) {
                    show(data, services, world, interrupt);
                    return ExitCode.OK;
                }
                requireOurs(data, services);
            }
            try (Services services = Services.start(data, global.kafka, global.clickhouse);
                    PageOptions.Page shown = page.open(services.warehouse())) {
                world.writeTo(data.root());
                if (!run(data, services, world, interrupt)) {
                    parent.console().say("stopped; the same command continues the demo");
                    return ExitCode.SOFTWARE;
                }
                tell(data, services, world);
                shown.serve(parent.console(), interrupt);
            }
        }
        return ExitCode.OK;
    }

    private void show(DataFolder data, Services services, DemoWorld world, Interrupt interrupt) throws Exception {
        try (PageOptions.Page shown = page.open(services.warehouse())) {
            parent.console().say("the demo is complete already; this is what it found");
            tell(data, services, world);
            shown.serve(parent.console(), interrupt);
        }
    }

    /** The world of the folder, if it is the one that is asked for; else a new one. */
    private DemoWorld world(DataFolder data) throws Exception {
        DemoWorld asked = options.world();
        Optional<DemoWorld> there = DemoWorld.of(data.root());
        if (there.isPresent() && !there.get().isLike(asked)) {
            throw UserException.usage(data.root() + " holds another demo ("
                    + there.get().surveys() + " surveys of "
                    + there.get().domains() + " domains, seed " + there.get().seed()
                    + "); choose another folder with --data");
        }
        return there.orElse(asked);
    }

    private static void requireOurs(DataFolder data, Services services) throws Exception {
        if (DemoWorld.of(data.root()).isEmpty()
                && !new SurveyStore(services.warehouse()).all().isEmpty()) {
            throw UserException.usage(data.root()
                    + " holds surveys of the real Internet, which a demo must not be mixed with; choose another folder"
                    + " with --data");
        }
    }

    private boolean run(DataFolder data, Services services, DemoWorld world, Interrupt interrupt) throws Exception {
        Demo demo = new Demo(data, services, world);
        interrupt.stopsBy(demo::stop);
        try (SurveyProgress progress = new SurveyProgress(parent.console())) {
            return demo.run(progress::show);
        } finally {
            interrupt.stopsBy(() -> {});
        }
    }

    private void tell(DataFolder data, Services services, DemoWorld world) throws Exception {
        Console console = parent.console();
        List<String> names = Demo.surveys(world);
        console.print("A simulated mail internet, " + names.size() + " surveys from " + names.get(0) + " to "
                + names.get(names.size() - 1));
        Story.read(new Statistics(services.warehouse()), names, Demo.VANTAGE).forEach(console::print);
        console.print("");
        console.print("datasets    ./mailpulse export --data " + data.root() + " --survey "
                + names.get(names.size() - 1) + " --out release/");
        console.print("ClickHouse  " + services.warehouse() + " (while this runs)");
        console.print("Grafana     dashboards/overview.json, see docs/operations.md");
    }
}
