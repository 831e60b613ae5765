package org.mailpulse.simulator.world;

import java.time.YearMonth;
import java.util.NoSuchElementException;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Worlds for tests, and how to find in them what a test is about. */
public final class Worlds {
    public static final YearMonth FIRST = YearMonth.of(2025, 12);

    private Worlds() {}

    public static World of(long seed, int domains, int surveys, double hostile) {
        return new World(new WorldSettings(seed, domains, surveys, FIRST, hostile, true));
    }

    /** The first domain of which something holds. */
    public static int find(World world, IntPredicate property) {
        return IntStream.range(0, world.settings().domains())
                .filter(property)
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no such domain in the world"));
    }

    /** The first domain whose mail works as DNS tells and that is a customer of the provider in every survey. */
    public static int customer(World world, MailProvider provider) {
        return find(
                world,
                index -> IntStream.range(0, world.settings().surveys())
                        .allMatch(survey -> world.hoster(index, survey).equals(provider.domain())
                                && isAnswered(world, index, survey)
                                && world.plan(index, survey).mx().get(0).host().endsWith(provider.domain())));
    }

    private static boolean isAnswered(World world, int index, int survey) {
        MailPlan plan = world.plan(index, survey);
        return plan.routing() == MailPlan.Routing.MX && plan.manner().answers();
    }
}
