package org.mailpulse.model.rollup;

import java.util.Locale;
import java.util.function.Predicate;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.CertificateFlag;
import org.mailpulse.model.verdict.HostState;
import org.mailpulse.model.verdict.MxHostVerdict;

/**
 * Everything that is counted, unit: MX host. The name in lower case is the column of table {@code host_rollups}. New ones go
 * at the end: stored counts go by position.
 */
public enum HostMetric {
    MX_HOSTS(host -> true),
    HOSTS_YES(host -> host.state() == HostState.YES),
    HOSTS_NO(host -> host.state() == HostState.NO),
    HOSTS_MIXED(host -> host.state() == HostState.MIXED),
    HOSTS_UNKNOWN(host -> host.state() == HostState.UNKNOWN),
    /** Among those that are no or mixed. */
    HOSTS_BROKEN(MxHostVerdict::broken),

    CERTIFICATE_VALID(certificate(CertificateClass.VALID)),
    CERTIFICATE_EXPIRED(certificate(CertificateClass.EXPIRED)),
    CERTIFICATE_NOT_YET_VALID(certificate(CertificateClass.NOT_YET_VALID)),
    CERTIFICATE_SELF_SIGNED(certificate(CertificateClass.SELF_SIGNED)),
    CERTIFICATE_UNTRUSTED(certificate(CertificateClass.UNTRUSTED)),
    CERTIFICATE_NAME_MISMATCH(certificate(CertificateClass.NAME_MISMATCH)),
    CERTIFICATE_PLACEHOLDER(certificate(CertificateClass.PLACEHOLDER)),
    CERTIFICATE_WEAK_KEY(certificate(CertificateClass.WEAK_KEY)),
    CERTIFICATE_WEAK_SIGNATURE(certificate(CertificateClass.WEAK_SIGNATURE)),

    FLAG_EXPIRED(flag(CertificateFlag.EXPIRED)),
    FLAG_NOT_YET_VALID(flag(CertificateFlag.NOT_YET_VALID)),
    FLAG_SELF_SIGNED(flag(CertificateFlag.SELF_SIGNED)),
    FLAG_UNTRUSTED(flag(CertificateFlag.UNTRUSTED)),
    FLAG_NAME_MISMATCH(flag(CertificateFlag.NAME_MISMATCH)),
    FLAG_PLACEHOLDER(flag(CertificateFlag.PLACEHOLDER)),
    FLAG_WEAK_KEY(flag(CertificateFlag.WEAK_KEY)),
    FLAG_WEAK_SIGNATURE(flag(CertificateFlag.WEAK_SIGNATURE)),

    TLS_SSL_3(host -> host.tlsVersion() == TlsVersion.SSL_3),
    TLS_1_0(host -> host.tlsVersion() == TlsVersion.TLS_1_0),
    TLS_1_1(host -> host.tlsVersion() == TlsVersion.TLS_1_1),
    TLS_1_2(host -> host.tlsVersion() == TlsVersion.TLS_1_2),
    TLS_1_3(host -> host.tlsVersion() == TlsVersion.TLS_1_3),

    KEY_EXCHANGE_RSA(host -> host.keyExchange() == KeyExchange.RSA),
    KEY_EXCHANGE_DHE(host -> host.keyExchange() == KeyExchange.DHE),
    KEY_EXCHANGE_ECDHE(host -> host.keyExchange() == KeyExchange.ECDHE),
    KEY_EXCHANGE_HYBRID_PQ(host -> host.keyExchange() == KeyExchange.HYBRID_PQ),
    FORWARD_SECRECY(host -> host.keyExchange() != null && host.keyExchange().hasForwardSecrecy());

    private final Predicate<MxHostVerdict> holds;

    HostMetric(Predicate<MxHostVerdict> holds) {
        this.holds = holds;
    }

    public boolean holdsFor(MxHostVerdict host) {
        return holds.test(host);
    }

    /** Name of the column. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Predicate<MxHostVerdict> certificate(CertificateClass which) {
        return host -> host.certificateClass() == which;
    }

    private static Predicate<MxHostVerdict> flag(CertificateFlag flag) {
        return host -> host.hasFlag(flag);
    }
}
