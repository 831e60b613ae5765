package org.mailpulse.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import org.mailpulse.model.survey.Target;

/** Facts for tests: sound ones, to be spoilt in just the point that a test is about. */
public final class Facts {
    public static final String SURVEY = "2026-11";
    public static final String VANTAGE = "oslo";
    public static final Instant PROBED_AT = Instant.parse("2026-11-24T10:00:00Z");
    public static final TlsFacts TLS_1_3 =
            new TlsFacts(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384", "X25519MLKEM768", KeyExchange.HYBRID_PQ, false);

    private Facts() {}

    /** Trusted, in date, well named, strong. */
    public static CertificateFacts certificate() {
        return new Certificate().facts();
    }

    public static EndpointObservation secure(CertificateFacts certificate) {
        return secure(TLS_1_3, certificate, DaneMatch.NOT_MEASURED);
    }

    public static EndpointObservation secure(TlsFacts tls, CertificateFacts certificate, DaneMatch dane) {
        return new EndpointObservation(
                "192.0.2.1", Outcome.TLS_OK, Reason.NONE, PROBED_AT, tls, certificate, dane, null, false);
    }

    /** Ended so; with a sound certificate where there was a handshake. */
    public static EndpointObservation endpoint(Outcome outcome) {
        return outcome == Outcome.TLS_OK
                ? secure(certificate())
                : new EndpointObservation("192.0.2.1", outcome, Reason.NONE, PROBED_AT, null, null, null, null, null);
    }

    /** Without TLS, and by what name it calls itself. */
    public static EndpointObservation calling(String ehloName) {
        return new EndpointObservation(
                "192.0.2.1", Outcome.NOT_OFFERED, Reason.NONE, PROBED_AT, null, null, null, ehloName, null);
    }

    public static EndpointObservation calling(String ehloName, CertificateFacts certificate) {
        return new EndpointObservation(
                "192.0.2.1", Outcome.TLS_OK, Reason.NONE, PROBED_AT, TLS_1_3, certificate, null, ehloName, false);
    }

    public static EndpointObservation blocked() {
        return EndpointObservation.skipped("10.0.0.1", Reason.BLOCKED_ADDRESS);
    }

    public static MxHostObservation host(String name, int preference, EndpointObservation... endpoints) {
        return host(name, preference, TlsaStatus.NOT_MEASURED, endpoints);
    }

    public static MxHostObservation host(
            String name, int preference, TlsaStatus tlsa, EndpointObservation... endpoints) {
        return new MxHostObservation(name, preference, AddressStatus.FOUND, tlsa, List.of(endpoints));
    }

    public static MxHostObservation host(Outcome... outcomes) {
        EndpointObservation[] endpoints =
                List.of(outcomes).stream().map(Facts::endpoint).toArray(EndpointObservation[]::new);
        return host("mx.example.no", 10, endpoints);
    }

    public static MxHostObservation withoutAddress(String name, AddressStatus status) {
        return new MxHostObservation(name, 10, status, null, null);
    }

    public static Observation observation(MxHostObservation... hosts) {
        return observation(DnssecState.NOT_MEASURED, MtaStsFinding.NOT_MEASURED, hosts);
    }

    public static Observation observation(DnssecState mxSecure, MtaStsFinding mtaSts, MxHostObservation... hosts) {
        return observation("example.no", MailDns.MX, null, mxSecure, mtaSts, hosts);
    }

    public static Observation observation(MailDns dns, String dnsDetail, MxHostObservation... hosts) {
        return observation("example.no", dns, dnsDetail, null, null, hosts);
    }

    public static Observation of(String domain, MxHostObservation... hosts) {
        return observation(domain, MailDns.MX, null, null, null, hosts);
    }

    private static Observation observation(
            String domain,
            MailDns dns,
            String dnsDetail,
            DnssecState mxSecure,
            MtaStsFinding mtaSts,
            MxHostObservation... hosts) {
        Target target = new Target(
                Schema.RECORDS, SURVEY, 7, domain, List.of("gov", "top"), "Ministry of Tests", "ministry", "no");
        return Observation.of(target, VANTAGE, PROBED_AT, dns, dnsDetail, mxSecure, List.of(hosts), mtaSts, null);
    }

    /** The same, but with a look for a TLS-RPT record. */
    public static Observation reporting(Observation seen, TlsRptFinding finding) {
        return new Observation(
                seen.schema(),
                seen.survey(),
                seen.vantage(),
                seen.seq(),
                seen.domain(),
                seen.populations(),
                seen.organisation(),
                seen.category(),
                seen.country(),
                seen.observedAt(),
                seen.dns(),
                seen.dnsDetail(),
                seen.mxSecure(),
                seen.mxHosts(),
                seen.mtaSts(),
                finding);
    }

    /** A sound certificate, with one thing or another changed. */
    public static final class Certificate {
        private String subject = "CN=mx.example.no";
        private String issuer = "CN=Test CA,O=Trustworthy";
        private Instant notBefore = PROBED_AT.minus(Duration.ofDays(30));
        private Instant notAfter = PROBED_AT.plus(Duration.ofDays(60));
        private String keyType = "EC";
        private int keyBits = 256;
        private String signatureAlgorithm = "SHA256withECDSA";
        private boolean selfSigned;
        private ChainTrust trust = ChainTrust.TRUSTED;
        private NameMatch nameMatch = NameMatch.SAN;
        private List<String> dnsNames = List.of("mx.example.no");

        public Certificate subject(String name) {
            subject = name;
            return this;
        }

        public Certificate issuer(String name) {
            issuer = name;
            return this;
        }

        public Certificate validity(Instant from, Instant to) {
            notBefore = from;
            notAfter = to;
            return this;
        }

        public Certificate expired() {
            return validity(PROBED_AT.minusSeconds(1000), PROBED_AT.minusSeconds(1));
        }

        public Certificate notYetValid() {
            return validity(PROBED_AT.plusSeconds(1), PROBED_AT.plusSeconds(1000));
        }

        public Certificate key(String type, int bits) {
            keyType = type;
            keyBits = bits;
            return this;
        }

        public Certificate signature(String algorithm) {
            signatureAlgorithm = algorithm;
            return this;
        }

        public Certificate selfSigned() {
            selfSigned = true;
            return this;
        }

        public Certificate trust(ChainTrust to) {
            trust = to;
            return this;
        }

        public Certificate names(NameMatch match) {
            nameMatch = match;
            return this;
        }

        public Certificate dnsNames(String... names) {
            dnsNames = List.of(names);
            return this;
        }

        public CertificateFacts facts() {
            return new CertificateFacts(
                    subject,
                    issuer,
                    notBefore,
                    notAfter,
                    dnsNames,
                    dnsNames.size(),
                    keyType,
                    keyBits,
                    signatureAlgorithm,
                    "ab".repeat(32),
                    "cd".repeat(32),
                    selfSigned,
                    trust,
                    nameMatch);
        }
    }
}
