package org.mailpulse.local.command;

import java.time.Clock;
import java.time.YearMonth;
import org.mailpulse.local.demo.DemoWorld;
import picocli.CommandLine.Option;

/** Which internet to simulate. */
final class WorldOptions {
    @Option(
            names = "--domains",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Domains of the simulated internet (default: ${DEFAULT-VALUE}).")
    int domains;

    @Option(
            names = "--surveys",
            paramLabel = "K",
            defaultValue = "12",
            description = "Monthly surveys, the last of them this month's (default: ${DEFAULT-VALUE}).")
    int surveys;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another seed, another internet (default: ${DEFAULT-VALUE}).")
    long seed;

    @Option(
            names = "--hostile",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of the mail servers that misbehave, 0…1 (default: ${DEFAULT-VALUE}).")
    double hostile;

    /** @throws UserException if there can be no such world */
    DemoWorld world() {
        DemoWorld world = DemoWorld.endingIn(YearMonth.now(Clock.systemUTC()), domains, surveys, seed, hostile);
        try {
            world.simulator();
        } catch (IllegalArgumentException e) {
            throw impossible(e);
        }
        return world;
    }

    static UserException impossible(IllegalArgumentException why) {
        return UserException.usage("there is no such internet: " + why.getMessage());
    }
}
