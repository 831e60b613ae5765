package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.mailpulse.model.verdict.DomainVerdict;

/** Table {@code verdicts}: of several rows of one domain the newest observation holds. */
public final class VerdictTable {
    public static final String INSERT = InsertText.into("verdicts", """
            survey, vantage, seq, domain, populations, organisation, category, country, tld, suffix,
            provider, provider_evidence, status, reason, implicit_mx, adoption, preferred_adoption, all_strict, level,
            mx_hosts, mx_yes, mx_no, mx_mixed, mx_unknown, tls_version, key_exchange, certificate_class,
            dane, mta_sts, enforcement_broken, observed_at, method_version, version,
            certificate_flags, certificate_ends, provider_kind, tls_rpt, legacy_only
            """);

    private VerdictTable() {}

    public static void bind(PreparedStatement insert, DomainVerdict row) throws SQLException {
        new Parameters(insert)
                .text(row.survey())
                .text(row.vantage())
                .number(row.seq())
                .text(row.domain())
                .texts(row.populations())
                .text(row.organisation())
                .text(row.category())
                .text(row.country())
                .text(row.tld())
                .text(row.suffix())
                .text(row.provider())
                .name(row.providerEvidence())
                .name(row.status())
                .text(row.reason())
                .flag(row.implicitMx())
                .name(row.adoption())
                .name(row.preferredAdoption())
                .flag(row.allStrict())
                .name(row.level())
                .number(row.mxHosts())
                .number(row.mxYes())
                .number(row.mxNo())
                .number(row.mxMixed())
                .number(row.mxUnknown())
                .text(row.tlsVersion() == null ? "" : row.tlsVersion().label())
                .name(row.keyExchange())
                .name(row.certificateClass())
                .name(row.dane())
                .name(row.mtaSts())
                .flag(row.enforcementBroken())
                .time(row.observedAt())
                .number(row.methodVersion())
                .number(row.observedAt().toEpochMilli())
                .names(row.certificateFlags())
                .optionalNumber(
                        row.certificateEnds() == null
                                ? null
                                : row.certificateEnds().getEpochSecond())
                .name(row.providerKind())
                .name(row.tlsRpt())
                .optionalFlag(row.legacyOnly());
    }

    public static BatchWriter<DomainVerdict> writer(Warehouse warehouse) throws SQLException {
        return new BatchWriter<>(warehouse, INSERT, VerdictTable::bind);
    }
}
