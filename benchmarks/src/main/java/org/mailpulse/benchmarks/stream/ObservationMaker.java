package org.mailpulse.benchmarks.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;

/**
 * Observations of full size, the same for the same domain and survey: two or three MX hosts, of which at least two show
 * a certificate. Two of three domains are with one of the providers, few of which have most; the others run hosts of
 * their own. A host says the same to all its domains, since a worker asks it once per survey.
 */
final class ObservationMaker {
    private static final String[] SUFFIXES = {
        "com",
        "com",
        "com",
        "net",
        "org",
        "de",
        "de",
        "no",
        "se",
        "fr",
        "nl",
        "ch",
        "it",
        "io",
        "gov.uk",
        "co.uk",
        "kommune.no"
    };
    private static final String[] POPULATIONS = {"top-1m", "government", "universities", "municipalities", "banks"};
    private static final int PROVIDERS = 300;

    /** Names that rules know; the other providers are told by their domain. */
    private static final String[] KNOWN = {
        "google.com", "mail.protection.outlook.com", "mx.domeneshop.no", "kasserver.com", "messagingengine.com"
    };

    private ObservationMaker() {}

    /** @param again a later observation of the same survey, with another result for one in four */
    static Observation observation(String survey, int domain, boolean again) {
        SplittableRandom fixed = new SplittableRandom(31L * domain + 7);
        SplittableRandom now = new SplittableRandom(fixed.nextLong() ^ survey.hashCode() ^ (again ? 1 : 0));
        String name = "organisation-" + domain + "." + pick(SUFFIXES, fixed);
        Instant at = SurveyName.eventTime(survey).plusSeconds(86_400 + domain % 80_000 + (again ? 3_600 : 0));
        List<String> populations = populations(fixed);
        Target target = Target.of(survey, domain, name, populations);
        List<MxHostObservation> hosts = hosts(name, survey, fixed, now);
        return Observation.of(
                target,
                "oslo",
                at,
                MailDns.MX,
                null,
                fixed.nextInt(8) == 0 ? DnssecState.SECURE : DnssecState.INSECURE,
                hosts,
                mtaSts(hosts, fixed),
                TlsRptFinding.only(fixed.nextInt(6) == 0 ? TlsRptFinding.State.PRESENT : TlsRptFinding.State.ABSENT));
    }

    private static List<String> populations(SplittableRandom fixed) {
        return switch (fixed.nextInt(4)) {
            case 0 -> List.of();
            case 1 -> List.of(pick(POPULATIONS, fixed));
            default -> List.of(POPULATIONS[0]);
        };
    }

    private static MtaStsFinding mtaSts(List<MxHostObservation> hosts, SplittableRandom fixed) {
        return fixed.nextInt(10) > 0
                ? new MtaStsFinding(MtaStsFinding.Status.ABSENT, null, null, null, 0)
                : new MtaStsFinding(
                        MtaStsFinding.Status.POLICY,
                        "20260101",
                        fixed.nextBoolean() ? "enforce" : "testing",
                        hosts.stream().map(MxHostObservation::host).toList(),
                        604_800);
    }

    private static List<MxHostObservation> hosts(
            String domain, String survey, SplittableRandom fixed, SplittableRandom now) {
        boolean own = fixed.nextInt(3) == 0;
        String owner = own ? domain : provider(fixed);
        boolean failing = now.nextInt(20) == 0;
        int count = failing || fixed.nextInt(3) == 0 ? 3 : 2;
        List<MxHostObservation> hosts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean fails = failing && i == 2;
            String host = (fails ? "failing-mx" : "mx") + (i + 1) + "." + owner;
            SplittableRandom ofHost = new SplittableRandom(31L * host.hashCode() + 11);
            Instant at = SurveyName.eventTime(survey).plusSeconds(80_000).plusMillis(ofHost.nextInt(6_000_000));
            EndpointObservation endpoint = fails ? failed(host, at) : secured(host, at, ofHost);
            hosts.add(new MxHostObservation(
                    host, 10 * (i + 1), AddressStatus.FOUND, TlsaStatus.ABSENT, List.of(endpoint)));
        }
        return hosts;
    }

    private static String provider(SplittableRandom fixed) {
        double skewed = Math.pow(fixed.nextDouble(), 3);
        int number = (int) (skewed * PROVIDERS);
        return number < KNOWN.length ? KNOWN[number] : "hoster-" + number + "." + SUFFIXES[number % SUFFIXES.length];
    }

    private static EndpointObservation failed(String host, Instant at) {
        return new EndpointObservation(
                address(host), Outcome.TLS_FAILED, Reason.HANDSHAKE_CLOSED, at, null, null, null, host, null);
    }

    private static EndpointObservation secured(String host, Instant at, SplittableRandom ofHost) {
        boolean modern = ofHost.nextInt(4) > 0;
        boolean faulty = ofHost.nextInt(6) == 0;
        TlsFacts tls = new TlsFacts(
                modern ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2,
                modern ? "TLS_AES_256_GCM_SHA384" : "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                modern && ofHost.nextBoolean() ? "X25519MLKEM768" : "x25519",
                modern ? KeyExchange.HYBRID_PQ : KeyExchange.ECDHE,
                false);
        return new EndpointObservation(
                address(host),
                Outcome.TLS_OK,
                Reason.NONE,
                at,
                tls,
                certificate(host, at, faulty),
                DaneMatch.NOT_MEASURED,
                host,
                false);
    }

    /** One of a host's own; faulty ones are of nobody's authority, and half of these have expired. */
    private static CertificateFacts certificate(String host, Instant at, boolean faulty) {
        SplittableRandom own = new SplittableRandom(host.hashCode());
        Instant begins = at.minus(Duration.ofDays(10 + own.nextInt(60)));
        boolean expired = faulty && own.nextBoolean();
        List<String> names = List.of(host, "smtp." + host, "autodiscover." + host);
        return new CertificateFacts(
                "CN=" + host,
                faulty ? "CN=" + host : "CN=R11,O=Let's Encrypt,C=US",
                begins,
                expired ? begins.plus(Duration.ofDays(5)) : begins.plus(Duration.ofDays(90)),
                names,
                names.size(),
                own.nextBoolean() ? "RSA" : "EC",
                own.nextInt(10) == 0 ? 1024 : 2048,
                "SHA256withRSA",
                hex(own),
                hex(own),
                faulty,
                faulty ? ChainTrust.UNTRUSTED : ChainTrust.TRUSTED,
                faulty && own.nextBoolean() ? NameMatch.NONE : NameMatch.SAN);
    }

    private static String address(String host) {
        int hash = host.hashCode();
        return "203.0." + (hash >>> 8 & 255) + "." + (hash & 255);
    }

    /** As long as a SHA-256. */
    private static String hex(SplittableRandom random) {
        StringBuilder hex = new StringBuilder(64);
        for (int i = 0; i < 4; i++) {
            hex.append(HexFormat.of().toHexDigits(random.nextLong()));
        }
        return hex.toString();
    }

    private static <T> T pick(T[] of, SplittableRandom random) {
        return of[random.nextInt(of.length)];
    }
}
