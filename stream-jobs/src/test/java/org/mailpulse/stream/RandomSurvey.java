package org.mailpulse.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;

/** Observations and handshakes of every kind, the same for the same seed. */
final class RandomSurvey {
    private static final Instant START = Instant.parse("2026-11-02T00:00:00Z");
    private static final String[] TLDS = {"no", "se", "gov.uk", "com"};
    private static final String[] POPULATIONS = {"all-no", "government", "top"};

    private final Random random;

    RandomSurvey(long seed) {
        random = new Random(seed);
    }

    /** A domain's facts, each time others; observed within a few moments, so that ties happen. */
    Observation observation(String survey, String vantage, int domain) {
        Target target = new Target(
                Schema.RECORDS,
                survey,
                domain,
                domain(domain),
                populations(domain),
                random.nextBoolean() ? "" : "Ministry " + domain,
                "",
                random.nextBoolean() ? "" : "no");
        MailDns dns = random.nextInt(4) > 0 ? MailDns.MX : pick(MailDns.values());
        List<MxHostObservation> hosts =
                dns == MailDns.MX || dns == MailDns.IMPLICIT_MX ? hosts(random.nextInt(4)) : List.of();
        return Observation.of(
                target,
                vantage,
                moment(),
                dns,
                null,
                pick(DnssecState.values()),
                hosts,
                null,
                TlsRptFinding.only(pick(TlsRptFinding.State.values())));
    }

    Handshake handshake(String survey, String vantage, int host) {
        String name = "mx" + host + ".provider" + host % 5 + ".example";
        EndpointObservation endpoint = endpoint(random.nextInt(3));
        return new Handshake(
                Schema.RECORDS,
                survey,
                vantage,
                name,
                endpoint.address(),
                endpoint.probedAt(),
                1,
                endpoint.outcome(),
                endpoint.reason(),
                random.nextBoolean() ? null : "alert 40",
                random.nextBoolean() ? null : "220 " + name + " ESMTP",
                name,
                List.of("SIZE 1000", "STARTTLS"),
                null,
                random.nextBoolean(),
                endpoint.tls(),
                endpoint.certificate(),
                null,
                null,
                new TlsAlert(40, TlsAlert.Side.SERVER),
                new LegacyFacts(
                        pick(TlsVersion.values()), "TLS_RSA_WITH_RC4_128_SHA", null, KeyExchange.RSA, 0, certificate()),
                maybe(),
                null);
    }

    <T> List<T> withDuplicates(List<T> records) {
        List<T> more = new ArrayList<>(records);
        for (int i = 0; i < records.size() / 5; i++) {
            more.add(records.get(random.nextInt(records.size())));
        }
        return more;
    }

    static String domain(int number) {
        return "domain" + number + "." + TLDS[number % TLDS.length];
    }

    /** In one list, in two or in none. */
    private static List<String> populations(int domain) {
        return switch (domain % 4) {
            case 0 -> List.of();
            case 1 -> List.of(POPULATIONS[domain % 3]);
            default -> List.of(POPULATIONS[0], POPULATIONS[1]);
        };
    }

    private List<MxHostObservation> hosts(int count) {
        List<MxHostObservation> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            AddressStatus addresses = random.nextInt(5) > 0 ? AddressStatus.FOUND : pick(AddressStatus.values());
            List<EndpointObservation> endpoints = new ArrayList<>();
            for (int j = 0; addresses == AddressStatus.FOUND && j < 1 + random.nextInt(2); j++) {
                endpoints.add(endpoint(j));
            }
            String host = "mx" + i + ".provider" + random.nextInt(5) + ".example";
            hosts.add(new MxHostObservation(host, 10 * i, addresses, pick(TlsaStatus.values()), endpoints));
        }
        return hosts;
    }

    private EndpointObservation endpoint(int number) {
        String address = "198.51.100." + (1 + number);
        Outcome outcome = pick(Outcome.values());
        if (outcome == Outcome.SKIPPED) {
            return EndpointObservation.skipped(address, Reason.OPTED_OUT);
        }
        if (outcome != Outcome.TLS_OK) {
            return new EndpointObservation(
                    address, outcome, pick(Reason.values()), moment(), null, null, null, name(), maybe());
        }
        TlsFacts tls = new TlsFacts(
                random.nextInt(5) > 0 ? pick(TlsVersion.values()) : null,
                "TLS_AES_128_GCM_SHA256",
                random.nextBoolean() ? "x25519" : null,
                pick(KeyExchange.values()),
                random.nextBoolean());
        return new EndpointObservation(
                address, outcome, Reason.NONE, moment(), tls, certificate(), pick(DaneMatch.values()), name(), maybe());
    }

    /** How a server calls itself: of a provider with a rule, of one without, or not at all. */
    private String name() {
        return pick(new String[] {"mx.google.com", "mx.hoster.example", null});
    }

    private CertificateFacts certificate() {
        return new CertificateFacts(
                "CN=mx.example",
                "CN=Test CA",
                START.minusSeconds(86_400),
                START.plusSeconds(86_400L * (random.nextInt(3) - 1)),
                List.of("mx.example", "*.example"),
                2,
                "RSA",
                random.nextBoolean() ? 1024 : 2048,
                "SHA256withRSA",
                "ab".repeat(32),
                "cd".repeat(32),
                random.nextBoolean(),
                pick(ChainTrust.values()),
                pick(NameMatch.values()));
    }

    private Boolean maybe() {
        return random.nextInt(3) == 0 ? null : random.nextBoolean();
    }

    private Instant moment() {
        return START.plusSeconds(random.nextInt(5)).plusNanos(random.nextInt(2) * 1_000L);
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
