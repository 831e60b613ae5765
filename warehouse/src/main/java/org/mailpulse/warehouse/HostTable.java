package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.verdict.HostVerdict;

/** Table {@code hosts}: of several rows of one endpoint the newest probe holds; one that was probed beats one that was not. */
public final class HostTable {
    public static final String INSERT = InsertText.into("hosts", """
            survey, vantage, mx_host, address, outcome, reason, detail, banner,
            tls_version, cipher, `group`, key_exchange, certificate_class, certificate_flags,
            subject, issuer, not_before, not_after, dns_names, dns_name_count, key_type, key_bits, signature_algorithm,
            certificate_sha256, spki_sha256, self_signed, chain_trust, name_match,
            injected_plaintext, observed_at, method_version, version,
            ocsp_stapled, alert, alert_side, legacy_only,
            legacy_version, legacy_cipher, legacy_group, legacy_key_exchange, legacy_dh_bits,
            legacy_certificate_class, legacy_certificate_flags, legacy_subject, legacy_issuer,
            legacy_not_before, legacy_not_after, legacy_key_type, legacy_key_bits, legacy_signature_algorithm,
            legacy_certificate_sha256, legacy_spki_sha256, legacy_chain_trust, legacy_name_match,
            accepts_legacy, accepted_legacy_version, accepted_legacy_cipher, accepted_legacy_key_exchange
            """);

    private HostTable() {}

    public static void bind(PreparedStatement insert, HostVerdict row) throws SQLException {
        Parameters parameters = new Parameters(insert)
                .text(row.survey())
                .text(row.vantage())
                .text(row.mxHost())
                .text(row.address())
                .name(row.outcome())
                .name(row.reason())
                .text(row.detail())
                .text(row.banner())
                .text(row.tlsVersion() == null ? "" : row.tlsVersion().label())
                .text(row.cipher())
                .text(row.group())
                .name(row.keyExchange())
                .name(row.certificateClass())
                .names(row.certificateFlags());
        certificate(parameters, row.certificate());
        parameters
                .flag(row.injectedPlaintext())
                .optionalTime(row.observedAt())
                .number(row.methodVersion())
                .number(row.observedAt() == null ? 0 : row.observedAt().toEpochMilli())
                .optionalFlag(row.ocspStapled())
                .optionalNumber(row.alert() == null ? null : row.alert().number())
                .name(row.alert() == null ? null : row.alert().side())
                .optionalFlag(row.legacyOnly());
        legacy(parameters, row.legacy());
        parameters.name(row.legacyCertificateClass()).names(row.legacyCertificateFlags());
        shown(parameters, row.legacy() == null ? null : row.legacy().certificate());
        parameters.optionalFlag(row.acceptsLegacy());
        accepted(parameters, row.acceptedLegacy());
    }

    private static void legacy(Parameters parameters, LegacyFacts facts) throws SQLException {
        boolean none = facts == null;
        parameters
                .text(none ? "" : facts.version().label())
                .text(none ? "" : facts.cipher())
                .text(none ? "" : facts.group())
                .name(none ? null : facts.keyExchange())
                .optionalNumber(none || facts.dhBits() == 0 ? null : facts.dhBits());
    }

    private static void shown(Parameters parameters, CertificateFacts facts) throws SQLException {
        boolean none = facts == null;
        parameters
                .text(none ? "" : facts.subject())
                .text(none ? "" : facts.issuer())
                .optionalNumber(none ? null : seconds(facts.notBefore()))
                .optionalNumber(none ? null : seconds(facts.notAfter()))
                .text(none ? "" : facts.keyType())
                .optionalNumber(none ? null : facts.keyBits())
                .text(none ? "" : facts.signatureAlgorithm())
                .text(none ? "" : facts.sha256())
                .text(none ? "" : facts.spkiSha256())
                .name(none ? null : facts.trust())
                .name(none ? null : facts.nameMatch());
    }

    private static void accepted(Parameters parameters, LegacyFacts facts) throws SQLException {
        boolean none = facts == null;
        parameters
                .text(none ? "" : facts.version().label())
                .text(none ? "" : facts.cipher())
                .name(none ? null : facts.keyExchange());
    }

    private static void certificate(Parameters parameters, CertificateFacts facts) throws SQLException {
        boolean none = facts == null;
        parameters
                .text(none ? "" : facts.subject())
                .text(none ? "" : facts.issuer())
                .optionalNumber(none ? null : seconds(facts.notBefore()))
                .optionalNumber(none ? null : seconds(facts.notAfter()))
                .texts(none ? List.of() : facts.dnsNames())
                .optionalNumber(none ? null : facts.dnsNameCount())
                .text(none ? "" : facts.keyType())
                .optionalNumber(none ? null : facts.keyBits())
                .text(none ? "" : facts.signatureAlgorithm())
                .text(none ? "" : facts.sha256())
                .text(none ? "" : facts.spkiSha256())
                .optionalFlag(none ? null : facts.selfSigned())
                .name(none ? null : facts.trust())
                .name(none ? null : facts.nameMatch());
    }

    private static Long seconds(Instant time) {
        return time == null ? null : time.getEpochSecond();
    }

    public static BatchWriter<HostVerdict> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, HostTable::bind);
    }
}
