package org.mailpulse.benchmarks.survey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.World;

/** Picks domains of a simulated world that together have few endpoints, as the customers of some hosters do. */
final class EndpointLimit {
    private final World world;
    private final int limit;
    private final Set<String> endpoints = new HashSet<>();

    EndpointLimit(World world, int limit) {
        this.world = world;
        this.limit = limit;
    }

    /** @throws IOException if the world has too few such domains, or the file cannot be written */
    void writeTargets(int domains, Path csv) throws IOException {
        List<String> lines = new ArrayList<>(List.of("domain"));
        for (int index = 0; index < world.settings().domains() && lines.size() <= domains; index++) {
            if (fits(index)) {
                lines.add(world.domain(index).name());
            }
        }
        if (lines.size() <= domains) {
            throw new IOException("only " + (lines.size() - 1) + " domains share " + limit + " endpoints");
        }
        Files.write(csv, lines);
    }

    int endpoints() {
        return endpoints.size();
    }

    private boolean fits(int index) {
        Set<String> wanted = new HashSet<>();
        for (String name : hosts(index)) {
            Optional<HostPlan> host = world.host(name, 0);
            host.ifPresent(found -> found.slots().forEach(slot -> wanted.add(name + " " + slot)));
        }
        wanted.removeAll(endpoints);
        if (endpoints.size() + wanted.size() > limit) {
            return false;
        }
        endpoints.addAll(wanted);
        return true;
    }

    private List<String> hosts(int index) {
        MailPlan plan = world.plan(index, 0);
        return plan.routing() == Routing.IMPLICIT_MX
                ? List.of(world.domain(index).name())
                : plan.mx().stream().map(Mx::host).toList();
    }
}
