package org.mailpulse.warehouse;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.Provider;
import org.mailpulse.model.verdict.ProviderKind;
import org.mailpulse.model.verdict.TlsRptState;

/** Rows to be written by the tests. */
public final class Samples {
    public static final String SURVEY = "2026-11";
    public static final String VANTAGE = "oslo";
    public static final Instant SEEN = Instant.parse("2026-11-03T04:05:06.789Z");

    /** Everything that could break out of a statement, a batch or a file. */
    public static final String HOSTILE =
            "';DROP TABLE verdicts;-- \"q\" `b` \\ \\n \\' \\0 ,;\t|\r\n\n\nå 漢字 😀 \u0000 \u0001 \u007f {x:String} ? $1 %s =1+1 <script>";

    private Samples() {}

    public static DomainVerdict eligible(
            String domain, List<String> populations, String tld, String provider, Adoption adoption, Level level) {
        return verdict(domain, populations, tld, provider, adoption, level, SEEN, 1);
    }

    public static DomainVerdict verdict(
            String domain,
            List<String> populations,
            String tld,
            String provider,
            Adoption adoption,
            Level level,
            Instant observedAt,
            int methodVersion) {
        return new DomainVerdict(
                SURVEY,
                VANTAGE,
                7,
                domain,
                populations,
                "Ministry of Tests",
                "ministry",
                "NO",
                tld,
                tld,
                provider,
                Provider.Evidence.MX_DOMAIN,
                DomainStatus.OK,
                "",
                true,
                adoption,
                adoption,
                true,
                level,
                10,
                4,
                3,
                2,
                1,
                TlsVersion.TLS_1_3,
                KeyExchange.HYBRID_PQ,
                CertificateClass.VALID,
                DaneState.VALID,
                MtaStsState.ENFORCE,
                true,
                observedAt,
                methodVersion,
                List.of(CertificateFlag.EXPIRED, CertificateFlag.WEAK_KEY),
                Instant.parse("2026-11-30T00:00:00Z"),
                ProviderKind.GATEWAY,
                TlsRptState.PRESENT,
                false);
    }

    public static DomainVerdict hostileDomain() {
        return eligible(HOSTILE, List.of("a", HOSTILE), HOSTILE, HOSTILE, Adoption.ALL, Level.ENFORCED);
    }

    public static DomainVerdict withoutMail(String domain) {
        return new DomainVerdict(
                SURVEY,
                VANTAGE,
                0,
                domain,
                List.of(),
                "",
                "",
                "",
                "no",
                "no",
                "",
                Provider.Evidence.NONE,
                DomainStatus.NULL_MX,
                "",
                false,
                null,
                null,
                false,
                null,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                null,
                DaneState.NOT_MEASURED,
                MtaStsState.NOT_MEASURED,
                false,
                SEEN,
                1,
                List.of(),
                null,
                null,
                null,
                null);
    }

    public static HostVerdict secured(String mxHost, String address, String banner) {
        return new HostVerdict(
                SURVEY,
                VANTAGE,
                mxHost,
                address,
                Outcome.TLS_OK,
                Reason.NONE,
                banner,
                banner,
                TlsVersion.TLS_1_2,
                "TLS_AES_128_GCM_SHA256",
                "X25519",
                KeyExchange.ECDHE,
                CertificateClass.EXPIRED,
                List.of(CertificateFlag.EXPIRED, CertificateFlag.WEAK_KEY),
                certificate(banner),
                true,
                SEEN,
                1,
                true,
                null,
                null,
                false,
                true,
                new LegacyFacts(TlsVersion.TLS_1_1, "TLS_RSA_WITH_AES_128_CBC_SHA", null, KeyExchange.RSA, 0, null),
                null,
                List.of());
    }

    public static HostVerdict skipped(String mxHost, String address) {
        return new HostVerdict(
                SURVEY,
                VANTAGE,
                mxHost,
                address,
                Outcome.SKIPPED,
                Reason.OPTED_OUT,
                "",
                "",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    public static HostVerdict legacyOnly(String mxHost, String address) {
        return new HostVerdict(
                SURVEY,
                VANTAGE,
                mxHost,
                address,
                Outcome.TLS_FAILED,
                Reason.HANDSHAKE_ALERT,
                "handshake_failure(40)",
                "",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                false,
                SEEN,
                1,
                null,
                new TlsAlert(40, TlsAlert.Side.SERVER),
                new LegacyFacts(
                        TlsVersion.TLS_1_0,
                        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                        null,
                        KeyExchange.DHE,
                        1024,
                        certificate("old")),
                true,
                null,
                null,
                CertificateClass.SELF_SIGNED,
                List.of(CertificateFlag.SELF_SIGNED, CertificateFlag.WEAK_KEY));
    }

    private static CertificateFacts certificate(String banner) {
        return new CertificateFacts(
                "CN=" + banner,
                "O=" + banner,
                Instant.parse("1899-01-01T00:00:00Z"),
                Instant.parse("9999-12-31T23:59:59Z"),
                List.of("mx.example", banner),
                300,
                "RSA",
                1024,
                "SHA256withRSA",
                "ab".repeat(32),
                "cd".repeat(32),
                true,
                ChainTrust.INCOMPLETE,
                NameMatch.CN_ONLY);
    }
}
