package org.mailpulse.simulator;

import java.time.Duration;
import java.time.YearMonth;
import org.mailpulse.simulator.world.WorldSettings;

/**
 * Which world to simulate, and where. Ports are 0 for any free one.
 *
 * @param lastSurvey month of the last survey
 * @param threads event loops of the mail and policy servers, 1…64; DNS has one of its own
 * @param greetDelay how late those servers greet that greet late; keep it well below the prober's time-out
 */
public record SimulatorSettings(
        long seed,
        int domains,
        int surveys,
        YearMonth lastSurvey,
        double hostile,
        int dnsPort,
        int smtpPort,
        int policyPort,
        int threads,
        Duration greetDelay) {

    public SimulatorSettings {
        checkPort("dnsPort", dnsPort);
        checkPort("smtpPort", smtpPort);
        checkPort("policyPort", policyPort);
        if (threads < 1 || threads > 64) {
            throw new IllegalArgumentException("threads must be 1…64, is " + threads);
        }
        if (greetDelay.isNegative()) {
            throw new IllegalArgumentException("greetDelay must not be negative, is " + greetDelay);
        }
        world(seed, domains, surveys, lastSurvey, hostile, false); // throws where there can be no such world
    }

    /** 2,000 domains, twelve surveys that end this month, seed 1, few hostile servers. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(1, 2_000, 12, YearMonth.now(), 0.02, 0, 0, 0, 1, Duration.ofMillis(400));
    }

    public SimulatorSettings withSeed(long newSeed) {
        return new SimulatorSettings(
                newSeed, domains, surveys, lastSurvey, hostile, dnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    public SimulatorSettings withDomains(int newDomains) {
        return new SimulatorSettings(
                seed, newDomains, surveys, lastSurvey, hostile, dnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    public SimulatorSettings withSurveys(int newSurveys) {
        return new SimulatorSettings(
                seed, domains, newSurveys, lastSurvey, hostile, dnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    public SimulatorSettings withLastSurvey(YearMonth newLastSurvey) {
        return new SimulatorSettings(
                seed, domains, surveys, newLastSurvey, hostile, dnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    /** Share of independent MX hosts that misbehave, 0…1. */
    public SimulatorSettings withHostile(double newHostile) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, newHostile, dnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    public SimulatorSettings withDnsPort(int newDnsPort) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, hostile, newDnsPort, smtpPort, policyPort, threads, greetDelay);
    }

    public SimulatorSettings withSmtpPort(int newSmtpPort) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, hostile, dnsPort, newSmtpPort, policyPort, threads, greetDelay);
    }

    /** HTTPS of the MTA-STS policy hosts. */
    public SimulatorSettings withPolicyPort(int newPolicyPort) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, hostile, dnsPort, smtpPort, newPolicyPort, threads, greetDelay);
    }

    public SimulatorSettings withThreads(int newThreads) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, hostile, dnsPort, smtpPort, policyPort, newThreads, greetDelay);
    }

    public SimulatorSettings withGreetDelay(Duration newGreetDelay) {
        return new SimulatorSettings(
                seed, domains, surveys, lastSurvey, hostile, dnsPort, smtpPort, policyPort, threads, newGreetDelay);
    }

    WorldSettings world(boolean ipv6) {
        return world(seed, domains, surveys, lastSurvey, hostile, ipv6);
    }

    private static WorldSettings world(
            long seed, int domains, int surveys, YearMonth lastSurvey, double hostile, boolean ipv6) {
        return new WorldSettings(seed, domains, surveys, lastSurvey.minusMonths(surveys - 1L), hostile, ipv6);
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0…65535, is " + port);
        }
    }
}
