package org.mailpulse.simulator.truth;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.Addressing;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;

/**
 * What a prober meets at one MX host.
 *
 * @param servers the servers that are met, one for each address; empty for a host that was not asked or not found
 * @param machineNames how those call themselves that can be met over IPv4
 */
record ExpectedHost(
        HostPlan plan, boolean asked, List<ServerKind> servers, List<String> machineNames, boolean stripped) {

    static ExpectedHost of(World world, HostPlan plan, int survey, boolean asked, boolean stripped) {
        List<ServerKind> servers = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (asked && plan.addressing() == Addressing.FOUND) {
            plan.slots().forEach(slot -> servers.add(world.servers().kind(slot, survey)));
            plan.slots().forEach(slot -> names.add(world.servers().name(slot)));
            if (plan.ipv6()) {
                servers.add(Servers.IPV6_KIND);
            }
        }
        return new ExpectedHost(plan, asked, servers, names, stripped);
    }

    private Outcome outcome(ServerKind server) {
        return stripped && server.offersStartTls() ? Outcome.STRIP_SUSPECT : server.outcome();
    }

    /** Servers where the handshake completes. */
    List<ServerKind> secured() {
        return servers.stream()
                .filter(server -> outcome(server) == Outcome.TLS_OK)
                .toList();
    }

    /** In a certificate that is shown and that an authority has signed. */
    List<String> vouchedNames() {
        boolean told = !secured().isEmpty() && plan.certificate().kind().isVouchedFor();
        return told ? plan.certificate().names() : List.of();
    }

    private boolean any(Outcome.Counts counts) {
        return servers.stream().anyMatch(server -> outcome(server).countsAs() == counts);
    }

    boolean protects() {
        return any(Outcome.Counts.YES) && !any(Outcome.Counts.NO);
    }

    boolean exposes() {
        return any(Outcome.Counts.NO) && !any(Outcome.Counts.YES);
    }

    boolean differs() {
        return any(Outcome.Counts.NO) && any(Outcome.Counts.YES);
    }

    boolean isKnown() {
        return any(Outcome.Counts.NO) || any(Outcome.Counts.YES);
    }

    boolean authenticates() {
        return protects() && plan.certificate().kind().authenticates();
    }

    /** Whether one of them knows only old TLS: here no server does, but one whose handshake fails leaves it open. */
    static Boolean legacyOnly(List<ExpectedHost> hosts) {
        boolean fails = hosts.stream().anyMatch(host -> host.ends(Outcome.TLS_FAILED));
        return !fails && hosts.stream().anyMatch(host -> host.ends(Outcome.TLS_OK)) ? false : null;
    }

    private boolean ends(Outcome outcome) {
        return servers.stream().anyMatch(server -> outcome(server) == outcome);
    }

    /** A checking sender could be sure of every host that is known. */
    static boolean allAuthenticate(List<ExpectedHost> hosts) {
        return hosts.stream().filter(ExpectedHost::isKnown).allMatch(ExpectedHost::authenticates);
    }
}
