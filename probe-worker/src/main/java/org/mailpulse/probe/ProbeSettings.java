package org.mailpulse.probe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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
        Timeouts timeouts) {

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
                Timeouts.DEFAULT);
    }

    public ProbeSettings withVantage(String value) {
        return new ProbeSettings(
                value,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withEhloName(String value) {
        return new ProbeSettings(
                vantage,
                value,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    /** @param hostAndPort {@code HOST[:PORT]} */
    public ProbeSettings withResolver(String hostAndPort) {
        return withResolvers(List.of(Servers.parse(hostAndPort)));
    }

    public ProbeSettings withResolvers(List<InetSocketAddress> value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                value,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withSmtpPort(int value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                value,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withAllowPrivate(boolean value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                value,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withTrustStore(Path value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                value,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withOptOut(Path value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                value,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withConcurrency(int value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                value,
                perAddress,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withPerAddress(int value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                value,
                gap,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withGap(Duration value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                value,
                confirmAfter,
                timeouts);
    }

    public ProbeSettings withConfirmAfter(Duration value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                value,
                timeouts);
    }

    public ProbeSettings withTimeouts(Timeouts value) {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                value);
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

    private static boolean isEhloName(String name) {
        return name != null
                && (HostNames.isHostName(name.toLowerCase(Locale.ROOT))
                        || ADDRESS_LITERAL.matcher(name).matches());
    }

    private static boolean isPause(Duration pause) {
        return pause != null && !pause.isNegative() && pause.compareTo(MAX_PAUSE) <= 0;
    }

    private static void check(boolean holds, String field, String allowed, Object value) {
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
