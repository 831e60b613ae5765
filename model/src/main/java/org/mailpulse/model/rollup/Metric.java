package org.mailpulse.model.rollup;

import java.util.Locale;
import java.util.function.Predicate;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.TlsRptState;

/**
 * Everything that is counted, unit: domain. Each is a question about one verdict; {@link Counts} counts the yeses. The
 * name in lower case is the column of table {@code rollups}. New ones go at the end: stored counts go by position.
 */
public enum Metric {
    DOMAINS(verdict -> true),
    ELIGIBLE(DomainVerdict::isEligible),
    IMPLICIT_MX(DomainVerdict::implicitMx),
    STATUS_DNS_ERROR(verdict -> verdict.status() == DomainStatus.DNS_ERROR),
    STATUS_NXDOMAIN(verdict -> verdict.status() == DomainStatus.NXDOMAIN),
    STATUS_NULL_MX(verdict -> verdict.status() == DomainStatus.NULL_MX),
    STATUS_NO_ADDRESS(verdict -> verdict.status() == DomainStatus.NO_ADDRESS),
    STATUS_LOCAL_ONLY(verdict -> verdict.status() == DomainStatus.LOCAL_ONLY),

    ADOPTION_NONE(verdict -> verdict.adoption() == Adoption.NONE),
    ADOPTION_SOME(verdict -> verdict.adoption() == Adoption.SOME),
    ADOPTION_ALL(verdict -> verdict.adoption() == Adoption.ALL),
    ADOPTION_UNKNOWN(verdict -> verdict.adoption() == Adoption.UNKNOWN),
    ALL_STRICT(DomainVerdict::allStrict),
    PREFERRED_NONE(verdict -> verdict.preferredAdoption() == Adoption.NONE),
    PREFERRED_SOME(verdict -> verdict.preferredAdoption() == Adoption.SOME),
    PREFERRED_ALL(verdict -> verdict.preferredAdoption() == Adoption.ALL),

    LEVEL_PLAINTEXT(verdict -> verdict.level() == Level.PLAINTEXT),
    LEVEL_PARTIAL(verdict -> verdict.level() == Level.PARTIAL),
    LEVEL_OPPORTUNISTIC(verdict -> verdict.level() == Level.OPPORTUNISTIC),
    LEVEL_AUTHENTICABLE(verdict -> verdict.level() == Level.AUTHENTICABLE),
    LEVEL_ENFORCED(verdict -> verdict.level() == Level.ENFORCED),

    CERTIFICATE_VALID(verdict -> verdict.certificateClass() == CertificateClass.VALID),
    CERTIFICATE_EXPIRED(verdict -> verdict.certificateClass() == CertificateClass.EXPIRED),
    CERTIFICATE_NOT_YET_VALID(verdict -> verdict.certificateClass() == CertificateClass.NOT_YET_VALID),
    CERTIFICATE_SELF_SIGNED(verdict -> verdict.certificateClass() == CertificateClass.SELF_SIGNED),
    CERTIFICATE_UNTRUSTED(verdict -> verdict.certificateClass() == CertificateClass.UNTRUSTED),
    CERTIFICATE_NAME_MISMATCH(verdict -> verdict.certificateClass() == CertificateClass.NAME_MISMATCH),
    CERTIFICATE_PLACEHOLDER(verdict -> verdict.certificateClass() == CertificateClass.PLACEHOLDER),
    CERTIFICATE_WEAK_KEY(verdict -> verdict.certificateClass() == CertificateClass.WEAK_KEY),
    CERTIFICATE_WEAK_SIGNATURE(verdict -> verdict.certificateClass() == CertificateClass.WEAK_SIGNATURE),

    TLS_SSL_3(verdict -> verdict.tlsVersion() == TlsVersion.SSL_3),
    TLS_1_0(verdict -> verdict.tlsVersion() == TlsVersion.TLS_1_0),
    TLS_1_1(verdict -> verdict.tlsVersion() == TlsVersion.TLS_1_1),
    TLS_1_2(verdict -> verdict.tlsVersion() == TlsVersion.TLS_1_2),
    TLS_1_3(verdict -> verdict.tlsVersion() == TlsVersion.TLS_1_3),

    KEY_EXCHANGE_RSA(verdict -> verdict.keyExchange() == KeyExchange.RSA),
    KEY_EXCHANGE_DHE(verdict -> verdict.keyExchange() == KeyExchange.DHE),
    KEY_EXCHANGE_ECDHE(verdict -> verdict.keyExchange() == KeyExchange.ECDHE),
    KEY_EXCHANGE_HYBRID_PQ(verdict -> verdict.keyExchange() == KeyExchange.HYBRID_PQ),

    DANE_MEASURED(verdict -> verdict.dane() != DaneState.NOT_MEASURED),
    DANE_PARTIAL(verdict -> verdict.dane() == DaneState.PARTIAL),
    DANE_VALID(verdict -> verdict.dane() == DaneState.VALID),
    DANE_BROKEN(verdict -> verdict.dane() == DaneState.BROKEN),
    MTA_STS_MEASURED(verdict -> verdict.mtaSts() != MtaStsState.NOT_MEASURED),
    MTA_STS_TESTING(verdict -> verdict.mtaSts() == MtaStsState.TESTING),
    MTA_STS_ENFORCE(verdict -> verdict.mtaSts() == MtaStsState.ENFORCE),
    MTA_STS_BROKEN(verdict -> verdict.mtaSts() == MtaStsState.BROKEN),
    ENFORCEMENT_BROKEN(DomainVerdict::enforcementBroken),

    PREFERRED_UNKNOWN(verdict -> verdict.preferredAdoption() == Adoption.UNKNOWN),
    FORWARD_SECRECY(
            verdict -> verdict.keyExchange() != null && verdict.keyExchange().hasForwardSecrecy()),
    DANE_NONE(verdict -> verdict.dane() == DaneState.NONE),
    MTA_STS_NONE(verdict -> verdict.mtaSts() == MtaStsState.NONE),
    MTA_STS_DISABLED(verdict -> verdict.mtaSts() == MtaStsState.DISABLED),

    FLAG_EXPIRED(flag(CertificateFlag.EXPIRED)),
    FLAG_NOT_YET_VALID(flag(CertificateFlag.NOT_YET_VALID)),
    FLAG_SELF_SIGNED(flag(CertificateFlag.SELF_SIGNED)),
    FLAG_UNTRUSTED(flag(CertificateFlag.UNTRUSTED)),
    FLAG_NAME_MISMATCH(flag(CertificateFlag.NAME_MISMATCH)),
    FLAG_PLACEHOLDER(flag(CertificateFlag.PLACEHOLDER)),
    FLAG_WEAK_KEY(flag(CertificateFlag.WEAK_KEY)),
    FLAG_WEAK_SIGNATURE(flag(CertificateFlag.WEAK_SIGNATURE)),

    LEGACY_MEASURED(verdict -> verdict.legacyOnly() != null),
    LEGACY_ONLY(verdict -> Boolean.TRUE.equals(verdict.legacyOnly())),
    TLS_RPT_MEASURED(verdict -> verdict.tlsRpt() != TlsRptState.NOT_MEASURED),
    TLS_RPT_PRESENT(verdict -> verdict.tlsRpt() == TlsRptState.PRESENT);

    private final Predicate<DomainVerdict> holds;

    Metric(Predicate<DomainVerdict> holds) {
        this.holds = holds;
    }

    public boolean holdsFor(DomainVerdict verdict) {
        return holds.test(verdict);
    }

    /** A certificate of one of the domain's hosts has the fault, whatever its class. */
    private static Predicate<DomainVerdict> flag(CertificateFlag flag) {
        return verdict -> verdict.certificateFlags().contains(flag);
    }

    /** Name of the column. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
