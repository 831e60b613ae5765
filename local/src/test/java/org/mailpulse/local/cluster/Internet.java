package org.mailpulse.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.WorldSettings;

/** The simulated mail internet, in a process of its own that is spared: it stands for everybody else. */
final class Internet {
    private static final long SEED = 1;

    private final int domains;
    private final Path folder;
    private final Part part;
    private final List<String> howToProbe;

    Internet(int domains, Path folder, Path logs, Java java, Ports ports) throws IOException {
        this.domains = domains;
        this.folder = folder;
        String dns = "" + ports.next();
        String smtp = "" + ports.next();
        String policy = "" + ports.next();
        List<String> command = new ArrayList<>(List.of("simulate", "--domains", "" + domains, "--surveys", "1"));
        command.addAll(List.of("--seed", "" + SEED, "--hostile", "0", "--greet-delay", "0.05"));
        command.addAll(List.of("--dns-port", dns, "--smtp-port", smtp, "--policy-port", policy));
        command.addAll(List.of("--dir", folder.toString(), "--data", folder.toString()));
        part = new Part("simulator", logs, java.mailpulse("320m", command), Map.of());
        howToProbe = List.of("--resolver", "127.0.0.1:" + dns, "--smtp-port", smtp, "--policy-port", policy);
    }

    /** Returns when it answers and {@link #targets()} are there. */
    void start() throws IOException, InterruptedException {
        part.start();
        part.await(() -> part.lastWords().contains("survey it with"), 60);
        Files.write(targets(), promptTargets());
    }

    /** Without those whose DNS keeps a prober waiting, or answers only now and then. */
    private List<String> promptTargets() throws IOException {
        World world = new World(new WorldSettings(SEED, domains, 1, YearMonth.now(Clock.systemUTC()), 0, true));
        Set<String> prompt = new HashSet<>();
        for (int index = 0; index < domains; index++) {
            if (world.plan(index, 0).manner() == Manner.PROMPT) {
                prompt.add(world.domain(index).name());
            }
        }
        List<String> lines = Files.readAllLines(folder.resolve("targets.csv"));
        List<String> kept = new ArrayList<>(lines.subList(0, 1));
        lines.stream().skip(1).filter(line -> prompt.contains(domain(line))).forEach(kept::add);
        return kept;
    }

    Path targets() {
        return folder.resolve("prompt.csv");
    }

    /** A domain in two populations has two lines. */
    int targetCount() throws IOException {
        return (int) Files.readAllLines(targets()).stream()
                .skip(1)
                .map(Internet::domain)
                .distinct()
                .count();
    }

    private static String domain(String line) {
        return line.substring(0, line.indexOf(','));
    }

    Path trustStore() {
        return folder.resolve("trust.pem");
    }

    List<String> howToProbe() {
        return howToProbe;
    }

    Part part() {
        return part;
    }
}
