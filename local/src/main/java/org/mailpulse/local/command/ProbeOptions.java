package org.mailpulse.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.resolve.TrustAnchors;
import org.mailpulse.probe.tls.TrustStore;
import picocli.CommandLine.Option;

/** How mail servers are probed. Times are in seconds, fractions allowed. */
public final class ProbeOptions {
    private static final Pattern SETTING = Pattern.compile("^([a-z]+(?:[A-Z][a-z]+)*) must be ");

    @Option(
            names = "--vantage",
            paramLabel = "NAME",
            description = "Name of the place that we look from (default: local).")
    String vantage;

    @Option(
            names = "--resolver",
            paramLabel = "HOST[:PORT]",
            description = "DNS server to ask, recursive or authoritative (default: the system's).")
    String resolver;

    @Option(names = "--smtp-port", paramLabel = "N", description = "Port of the mail servers (default: 25).")
    Integer smtpPort;

    @Option(
            names = "--ehlo-name",
            paramLabel = "NAME",
            description = "Name by which we introduce ourselves (default: this host's name).")
    String ehloName;

    @Option(
            names = "--allow-private",
            description = "Also connect to loopback and private addresses. For laboratories.")
    boolean allowPrivate;

    @Option(
            names = "--trust-store",
            paramLabel = "FILE.pem",
            description = "Certificate authorities to trust (default: the system's).")
    Path trustStore;

    @Option(
            names = "--trust-anchor",
            paramLabel = "FILE",
            description =
                    "DNSSEC: validate every answer from these DS or DNSKEY records, e.g. /usr/share/dns/root.key"
                            + " (default: believe the AD flag of a resolver on this machine that validates, else not measured).")
    Path trustAnchor;

    @Option(
            names = "--trust-ad",
            description =
                    "DNSSEC: believe the resolver's AD flag wherever it is. Only where nobody can get in between.")
    boolean trustAd;

    @Option(
            names = "--policy-port",
            paramLabel = "N",
            description = "HTTPS port of MTA-STS policy hosts (default: 443). For laboratories.")
    Integer policyPort;

    @Option(
            names = "--opt-out",
            paramLabel = "FILE",
            description = "Domains, MX hosts and addresses that asked not to be probed, one per line.")
    Path optOut;

    @Option(
            names = "--honour-txt-opt-out",
            negatable = true,
            fallbackValue = "true",
            description = "Leave alone whoever publishes the TXT record \"opt-out\" at _mailpulse.NAME"
                    + " (default: yes, except with --allow-private).")
    Boolean honourTxtOptOut;

    @Option(
            names = "--canary",
            paramLabel = "HOST",
            split = ",",
            description = "MX hosts known to offer STARTTLS, asked first and then now and again. While none of them"
                    + " answers as it should, nothing is recorded as a \"no\" (default: none).")
    List<String> canaries;

    @Option(
            names = "--canary-every",
            paramLabel = "SECONDS",
            description =
                    "Time between two looks at the canaries; where a \"no\" waits for it, a quarter (default: 120).")
    Double canaryEvery;

    @Option(
            names = "--legacy-offer",
            description = "Ask servers that take the modern offer of TLS once more, whether they also take TLS 1.1 or"
                    + " older: one more connection to each (default: no).")
    boolean legacyOffer;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            description =
                    "Connections to mail servers open at the same time; to policy hosts a quarter (default: 500).")
    Integer concurrency;

    @Option(
            names = "--per-address",
            paramLabel = "N",
            description = "Connections open at the same time to one address (default: 2).")
    Integer perAddress;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            description = "Least time between two connections to one address (default: 1). Grows up to 32 times where"
                    + " they are unwelcome. 0 switches the pace off, also that of networks.")
    Double gap;

    @Option(
            names = "--per-network",
            paramLabel = "N",
            description = "Connections open at the same time to one network, a /24 or /48"
                    + " (default: 8 times --per-address; no limit with --gap 0).")
    Integer perNetwork;

    @Option(
            names = "--network-gap",
            paramLabel = "SECONDS",
            description = "Least time between two connections to one network (default: a twentieth of --gap).")
    Double networkGap;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Connections started per second in all (default: no limit).")
    Double rate;

    @Option(
            names = "--confirm-after",
            paramLabel = "SECONDS",
            description = "A \"no\" is asked again this much later before it is believed (default: 5).")
    Double confirmAfter;

    @Option(
            names = "--greeting-timeout",
            paramLabel = "SECONDS",
            description = "How long to wait for a server's greeting (default: 60).")
    Double greetingTimeout;

    @Option(
            names = "--dns-timeout",
            paramLabel = "SECONDS",
            description = "How long to ask for one DNS answer, all tries together (default: 12).")
    Double dnsTimeout;

    /** @throws UserException naming the option and its value if a setting cannot be, or the file and what is wrong in it */
    public ProbeSettings settings() {
        try {
            ProbeSettings settings = apply(ProbeSettings.defaults());
            readFiles();
            return settings;
        } catch (IllegalArgumentException e) {
            throw UserException.usage(withOption(e.getMessage()));
        } catch (IOException e) {
            throw UserException.usage(e.getMessage());
        }
    }

    /** Files are read once before anything starts: who mistyped a name should not wait for it to be noticed. */
    private void readFiles() throws IOException {
        if (trustStore != null) {
            TrustStore.load(trustStore);
        }
        if (trustAnchor != null) {
            TrustAnchors.load(trustAnchor);
        }
        if (optOut != null) {
            OptOutList.load(optOut);
        }
    }

    /** "smtpPort must be…" → "--smtp-port must be…" */
    private static String withOption(String message) {
        Matcher field = SETTING.matcher(message);
        return field.find()
                ? "--" + field.group(1).replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)
                        + message.substring(field.end(1))
                : message;
    }

    private ProbeSettings apply(ProbeSettings given) {
        ProbeSettings settings = given.withAllowPrivate(allowPrivate)
                .withTrustAd(trustAd)
                .withTxtOptOut(honourTxtOptOut == null ? !allowPrivate : honourTxtOptOut)
                .withLegacyOffer(legacyOffer)
                .withPerNetwork(perNetwork)
                .withRate(rate);
        if (vantage != null) {
            settings = settings.withVantage(vantage);
        }
        if (resolver != null) {
            settings = settings.withResolver(resolver);
        }
        if (smtpPort != null) {
            settings = settings.withSmtpPort(smtpPort);
        }
        if (ehloName != null) {
            settings = settings.withEhloName(ehloName);
        }
        if (trustStore != null) {
            settings = settings.withTrustStore(trustStore);
        }
        if (trustAnchor != null) {
            settings = settings.withTrustAnchor(trustAnchor);
        }
        if (policyPort != null) {
            settings = settings.withPolicyPort(policyPort);
        }
        if (optOut != null) {
            settings = settings.withOptOut(optOut);
        }
        if (concurrency != null) {
            settings = settings.withConcurrency(concurrency);
        }
        if (perAddress != null) {
            settings = settings.withPerAddress(perAddress);
        }
        if (gap != null) {
            settings = settings.withGap(seconds("--gap", gap));
        }
        if (networkGap != null) {
            settings = settings.withNetworkGap(seconds("--network-gap", networkGap));
        }
        if (canaries != null) {
            settings = settings.withCanaries(
                    canaries.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        }
        if (canaryEvery != null) {
            settings = settings.withCanaryEvery(seconds("--canary-every", canaryEvery));
        }
        if (confirmAfter != null) {
            settings = settings.withConfirmAfter(seconds("--confirm-after", confirmAfter));
        }
        return settings.withTimeouts(timeouts());
    }

    private Timeouts timeouts() {
        Timeouts timeouts = Timeouts.DEFAULT;
        if (greetingTimeout != null) {
            timeouts = timeouts.withGreeting(seconds("--greeting-timeout", greetingTimeout));
        }
        if (dnsTimeout != null) {
            timeouts = timeouts.withDnsTotal(seconds("--dns-timeout", dnsTimeout));
        }
        return timeouts;
    }

    private static Duration seconds(String option, double value) {
        if (!(value >= 0 && value <= 86_400)) {
            throw new IllegalArgumentException(option + " must be 0 to 86400 seconds, is " + value);
        }
        return Duration.ofMillis(Math.round(value * 1000));
    }
}
