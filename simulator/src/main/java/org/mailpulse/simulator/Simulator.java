package org.mailpulse.simulator;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.mailpulse.simulator.dns.DnsServer;
import org.mailpulse.simulator.dns.TrustAnchor;
import org.mailpulse.simulator.net.Loops;
import org.mailpulse.simulator.policy.PolicyServers;
import org.mailpulse.simulator.smtp.SmtpServers;
import org.mailpulse.simulator.smtp.Traffic;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.truth.Measured;
import org.mailpulse.simulator.truth.TruthWriter;
import org.mailpulse.simulator.truth.Vantage;
import org.mailpulse.simulator.world.World;

/**
 * A running mail internet on loopback: DNS, SMTP and MTA-STS policies of one survey at a time.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(SimulatorSettings.defaults())) {
 *     simulator.writeTrustStore(folder.resolve("trust.pem"));
 *     simulator.writeTrustAnchor(folder.resolve("anchor.zone"));
 *     for (int survey = 0; survey < 12; survey++) {
 *         simulator.setSurvey(survey);
 *         simulator.writeTargets(survey, folder.resolve("targets.csv"));
 *         // probe with --resolver dnsAddress() --smtp-port smtpPort() --allow-private --trust-store trust.pem
 *     }
 * }
 * }</pre>
 */
public final class Simulator implements AutoCloseable {
    private final World world;
    /** Its own: making a certificate takes milliseconds, in which no question should have to wait. */
    private final Loops dnsLoop = new Loops(1);

    private final Loops smtpLoops;
    private final Credentials credentials;
    private DnsServer dns;
    private SmtpServers smtp;
    private PolicyServers policies;
    private volatile int survey;

    private Simulator(SimulatorSettings settings) {
        this.world = new World(settings.world(hasIpv6()));
        this.smtpLoops = new Loops(settings.threads());
        this.credentials = new Credentials(settings.seed());
    }

    /** @throws IOException in one line, if a port is taken */
    public static Simulator start(SimulatorSettings settings) throws IOException {
        Simulator simulator = new Simulator(settings);
        try {
            simulator.credentials.warmUp();
            simulator.dns = DnsServer.start(
                    simulator.world, simulator::survey, simulator.credentials, simulator.dnsLoop, settings.dnsPort());
            simulator.smtp = SmtpServers.start(
                    simulator.world,
                    simulator::survey,
                    simulator.credentials,
                    simulator.smtpLoops,
                    settings.smtpPort(),
                    settings.greetDelay());
            simulator.policies = PolicyServers.start(
                    simulator.world,
                    simulator::survey,
                    simulator.credentials,
                    simulator.smtpLoops,
                    settings.policyPort());
            return simulator;
        } catch (IOException | RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    public World world() {
        return world;
    }

    /** On 127.0.0.1, UDP and TCP; answers for every name. */
    public InetSocketAddress dnsAddress() {
        return dns.address();
    }

    /** The same at every mail server. */
    public int smtpPort() {
        return smtp.port();
    }

    /** HTTPS, the same at every MTA-STS policy host. */
    public int policyPort() {
        return policies.port();
    }

    public Traffic traffic() {
        return smtp.traffic();
    }

    public int survey() {
        return survey;
    }

    /** From now on the answers are those of this survey. Probes that are under way may see some of both. */
    public void setSurvey(int newSurvey) {
        if (newSurvey < 0 || newSurvey >= world.settings().surveys()) {
            throw new IllegalArgumentException(
                    "survey must be 0…" + (world.settings().surveys() - 1) + ", is " + newSurvey);
        }
        survey = newSurvey;
    }

    /** CPU time of the thread that serves DNS. */
    public Duration dnsCpuTime() {
        return dnsLoop.cpuTime();
    }

    /** CPU time of all threads that serve, for telling it apart from the prober's. */
    public Duration cpuTime() {
        return dnsLoop.cpuTime().plus(smtpLoops.cpuTime());
    }

    /** The one authority that the valid certificates lead to, as PEM. */
    public void writeTrustStore(Path pem) throws IOException {
        credentials.writeTrustStore(pem);
    }

    /**
     * The DS record of the simulated root as a zone file: what a validating resolver is to start from, and nothing else.
     */
    public void writeTrustAnchor(Path zoneFile) throws IOException {
        TrustAnchor.write(world.settings().seed(), zoneFile);
    }

    /** The target list of a survey; a domain in two populations has two lines. */
    public void writeTargets(int ofSurvey, Path csv) throws IOException {
        new TruthWriter(world).writeTargets(ofSurvey, csv);
    }

    /** What the platform must export as {@code domains.csv}, with {@code observed_at} left empty. */
    public void writeTruth(int ofSurvey, Vantage vantage, Measured measured, Path csv) throws IOException {
        new TruthWriter(world).writeTruth(ofSurvey, vantage, measured, csv);
    }

    @Override
    public void close() {
        if (policies != null) {
            policies.close();
        }
        if (smtp != null) {
            smtp.close();
        }
        if (dns != null) {
            dns.close();
        }
        smtpLoops.close();
        dnsLoop.close();
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
