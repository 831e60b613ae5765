package org.mailpulse.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.mailpulse.probe.pace.AddressRules;
import org.mailpulse.probe.pace.Pace;
import org.mailpulse.probe.policy.PolicySettings;
import org.mailpulse.probe.resolve.HostNames;
import org.mailpulse.probe.resolve.Servers;
import org.mailpulse.probe.smtp.SmtpSettings;

/**
 * All that can be set about probing. What is out of range is refused with the name of the field and its value.
 *
 * @param vantage name of the place that looks: letters, digits, dots, hyphens, underscores, at most 64
 * @param ehloName the prober's own name in EHLO: a host name or an address literal (RFC 5321 §4.1.3)
 * @param resolvers name servers, recursive or authoritative; none means the system's
 * @param smtpPort 1…65535
 * @param allowPrivate whether loopback, private and other non-public addresses are probed
 * @param trustStore PEM file of roots; null means the system's
 * @param optOut file of those who asked not to be asked; null means none
 * @param concurrency connections open in all, 1…100,000
 * @param perAddress of them at one address, 1…concurrency
 * @param gap from the start of one connection to the start of the next at the same address; 0 allowed
 * @param confirmAfter how much later a definite "no" is asked again; 0 allowed
 * @param policies what tells senders to insist
 * @param manners towards networks, and towards those who don't want to be asked
 * @param legacyOffer whether servers that complete a handshake are asked once more if they also take TLS 1.1 or older
 */
public record ProbeSettings(
        String vantage,
        String ehloName,
        List<InetSocketAddress> resolvers,
        int smtpPort,
        boolean allowPrivate,
        Path trustStore,
        Path optOut,
        int concurrency,
        int perAddress,
        Duration gap,
        Duration confirmAfter,
        Timeouts timeouts,
        Policies policies,
        Manners manners,
        boolean legacyOffer) {

    /**
     * How DNSSEC, DANE and MTA-STS are looked at.
     *
     * @param trustAnchor file of DS or DNSKEY records from which answers are validated; null for none
     * @param trustAd whether the resolvers' AD flag is believed although they are not on loopback
     * @param port of MTA-STS policy hosts, 1…65535
     */
    public record Policies(Path trustAnchor, boolean trustAd, int port) {
        static final Policies DEFAULT = new Policies(null, false, 443);

        public Policies {
            check(port >= 1 && port <= 65535, "policyPort", "1…65535", port);
        }
    }

    private static final Pattern VANTAGE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern ADDRESS_LITERAL = Pattern.compile("\\[[A-Za-z0-9:.-]{1,100}]");
    private static final int MAX_CONCURRENCY = 100_000;
    private static final Duration MAX_PAUSE = Duration.ofHours(1);

    public ProbeSettings {
        resolvers = List.copyOf(resolvers);
        check(vantage != null && VANTAGE.matcher(vantage).matches(), "vantage", "1…64 letters, digits or ._-", vantage);
        check(isEhloName(ehloName), "ehloName", "a host name or an address literal", ehloName);
        for (InetSocketAddress resolver : resolvers) {
            check(!resolver.isUnresolved() && resolver.getPort() > 0, "resolver", "a known host and a port", resolver);
        }
        check(smtpPort >= 1 && smtpPort <= 65535, "smtpPort", "1…65535", smtpPort);
        check(concurrency >= 1 && concurrency <= MAX_CONCURRENCY, "concurrency", "1…" + MAX_CONCURRENCY, concurrency);
        check(perAddress >= 1, "perAddress", "at least 1", perAddress);
        check(isPause(gap), "gap", "0…" + MAX_PAUSE.toHours() + " h", gap);
        check(isPause(confirmAfter), "confirmAfter", "0…" + MAX_PAUSE.toHours() + " h", confirmAfter);
        check(timeouts != null, "timeouts", "given", null);
        check(policies != null, "policies", "given", null);
        check(manners != null, "manners", "given", null);
    }

    public static ProbeSettings defaults() {
        return new ProbeSettings(
                "local",
                ownName(),
                List.of(),
                25,
                false,
                null,
                null,
                500,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Timeouts.DEFAULT,
                Policies.DEFAULT,
                Manners.DEFAULT,
                false);
    }

    private ProbeSettings with(Consumer<SettingsDraft> change) {
        SettingsDraft draft = new SettingsDraft(this);
        change.accept(draft);
        return draft.settings();
    }

    public ProbeSettings withVantage(String value) {
        return with(draft -> draft.vantage = value);
    }

    public ProbeSettings withEhloName(String value) {
        return with(draft -> draft.ehloName = value);
    }

    /** @param hostAndPort {@code HOST[:PORT]} */
    public ProbeSettings withResolver(String hostAndPort) {
        return withResolvers(List.of(Servers.parse(hostAndPort)));
    }

    public ProbeSettings withResolvers(List<InetSocketAddress> value) {
        return with(draft -> draft.resolvers = value);
    }

    public ProbeSettings withSmtpPort(int value) {
        return with(draft -> draft.smtpPort = value);
    }

    public ProbeSettings withAllowPrivate(boolean value) {
        return with(draft -> draft.allowPrivate = value);
    }

    public ProbeSettings withTrustStore(Path value) {
        return with(draft -> draft.trustStore = value);
    }

    public ProbeSettings withOptOut(Path value) {
        return with(draft -> draft.optOut = value);
    }

    public ProbeSettings withConcurrency(int value) {
        return with(draft -> draft.concurrency = value);
    }

    public ProbeSettings withPerAddress(int value) {
        return with(draft -> draft.perAddress = value);
    }

    public ProbeSettings withGap(Duration value) {
        return with(draft -> draft.gap = value);
    }

    public ProbeSettings withConfirmAfter(Duration value) {
        return with(draft -> draft.confirmAfter = value);
    }

    public ProbeSettings withTimeouts(Timeouts value) {
        return with(draft -> draft.timeouts = value);
    }

    /** @param value file of DS or DNSKEY records from which answers are validated; null means not to validate */
    public ProbeSettings withTrustAnchor(Path value) {
        return withPolicies(new Policies(value, policies.trustAd, policies.port));
    }

    /** @param value whether the resolvers validate, and the way to them is safe, although they are not on loopback */
    public ProbeSettings withTrustAd(boolean value) {
        return withPolicies(new Policies(policies.trustAnchor, value, policies.port));
    }

    /** @param value HTTPS port of MTA-STS policy hosts */
    public ProbeSettings withPolicyPort(int value) {
        return withPolicies(new Policies(policies.trustAnchor, policies.trustAd, value));
    }

    private ProbeSettings withPolicies(Policies value) {
        return with(draft -> draft.policies = value);
    }

    /** @param value connections open at the same time to one network; null to go by those to an address */
    public ProbeSettings withPerNetwork(Integer value) {
        return withManners(manners.withPerNetwork(value));
    }

    /** @param value least time between two connections to one network; null to go by the gap of an address */
    public ProbeSettings withNetworkGap(Duration value) {
        return withManners(manners.withNetworkGap(value));
    }

    /** @param value connections started per second in all; null for no limit */
    public ProbeSettings withRate(Double value) {
        return withManners(manners.withRate(value));
    }

    /** @param value whether a TXT record keeps us away from a domain or MX host */
    public ProbeSettings withTxtOptOut(boolean value) {
        return withManners(manners.withTxtOptOut(value));
    }

    /** @param hosts MX hosts that are known to offer STARTTLS; none to watch nothing */
    public ProbeSettings withCanaries(List<String> hosts) {
        return withManners(manners.withCanaries(hosts));
    }

    /** @param value from one look at the canaries to the next */
    public ProbeSettings withCanaryEvery(Duration value) {
        return withManners(manners.withCanaryEvery(value));
    }

    public ProbeSettings withLegacyOffer(boolean value) {
        return with(draft -> draft.legacyOffer = value);
    }

    private ProbeSettings withManners(Manners value) {
        return with(draft -> draft.manners = value);
    }

    /** Whether the address must not be connected to. */
    boolean forbids(InetAddress address) {
        return !allowPrivate && AddressRules.isBlocked(address);
    }

    Pace pace() {
        return manners.pace(concurrency, perAddress, gap);
    }

    SmtpSettings smtp() {
        return new SmtpSettings(
                smtpPort,
                ehloName,
                allowPrivate,
                timeouts.connect(),
                timeouts.greeting(),
                timeouts.reply(),
                timeouts.handshake(),
                timeouts.probe());
    }

    PolicySettings policy() {
        return new PolicySettings(
                policies.port,
                "mailpulse (" + ehloName + ")",
                allowPrivate,
                timeouts.connect(),
                timeouts.policy(),
                confirmAfter);
    }

    private static boolean isEhloName(String name) {
        return name != null
                && (HostNames.isHostName(name.toLowerCase(Locale.ROOT))
                        || ADDRESS_LITERAL.matcher(name).matches());
    }

    static boolean isPause(Duration pause) {
        return pause != null && !pause.isNegative() && pause.compareTo(MAX_PAUSE) <= 0;
    }

    static void check(boolean holds, String field, String allowed, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(field + " must be " + allowed + ", is '" + value + "'");
        }
    }

    private static String ownName() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return isEhloName(name) ? name : "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
