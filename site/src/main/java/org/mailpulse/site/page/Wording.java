package org.mailpulse.site.page;

import java.util.List;
import org.mailpulse.model.rollup.Metric;

/**
 * What a metric is called on the page.
 *
 * @param kind its name in the style sheet
 */
record Wording(Metric metric, String kind, String label, String meaning) {
    static final List<Wording> ADOPTION = List.of(
            new Wording(Metric.ADOPTION_NONE, "none", "none", "No mail server offers working encryption."),
            new Wording(Metric.ADOPTION_SOME, "some", "some", "Some mail servers offer it, others don’t."),
            new Wording(Metric.ADOPTION_ALL, "all", "all", "Every mail server offers it."));

    static final Wording ENFORCED = new Wording(
            Metric.LEVEL_ENFORCED,
            "enforced",
            "Enforced",
            "All encrypt, and senders are told to insist on it (DANE or MTA-STS).");

    /** The ladder below the top, from its foot. */
    static final List<Wording> LEVELS = List.of(
            new Wording(
                    Metric.LEVEL_PLAINTEXT,
                    "plaintext",
                    "Plaintext",
                    "No mail server encrypts: mail arrives as open as a postcard."),
            new Wording(
                    Metric.LEVEL_PARTIAL,
                    "partial",
                    "Partial",
                    "Some mail servers encrypt, others don’t: which one a mail meets is chance, or an attacker’s choice."),
            new Wording(
                    Metric.LEVEL_OPPORTUNISTIC,
                    "opportunistic",
                    "Opportunistic",
                    "All encrypt, whatever their certificates: who merely listens reads nothing."),
            new Wording(
                    Metric.LEVEL_AUTHENTICABLE,
                    "authenticable",
                    "Authenticable",
                    "All encrypt and prove their name by a valid certificate: a sender that checks knows whom it talks to."));

    static final List<Wording> CERTIFICATES = List.of(
            new Wording(Metric.CERTIFICATE_VALID, "good", "Valid", "trusted, in date, and in the server’s name"),
            fault(Metric.CERTIFICATE_EXPIRED, "Expired", "past its last day"),
            fault(Metric.CERTIFICATE_NOT_YET_VALID, "Not yet valid", "before its first day"),
            fault(Metric.CERTIFICATE_SELF_SIGNED, "Self-signed", "vouched for by nobody else"),
            fault(Metric.CERTIFICATE_UNTRUSTED, "Untrusted", "no complete chain to a known authority"),
            fault(Metric.CERTIFICATE_NAME_MISMATCH, "Wrong name", "made out to another host"),
            fault(Metric.CERTIFICATE_PLACEHOLDER, "Placeholder", "left by a default installation"),
            fault(Metric.CERTIFICATE_WEAK_KEY, "Weak key", "RSA below 2048 bits, EC below 224"),
            fault(Metric.CERTIFICATE_WEAK_SIGNATURE, "Weak signature", "made with SHA-1 or MD5"));

    static final List<Wording> TLS_VERSIONS = List.of(
            new Wording(Metric.TLS_1_3, "good", "TLS 1.3", ""),
            new Wording(Metric.TLS_1_2, "good", "TLS 1.2", ""),
            fault(Metric.TLS_1_1, "TLS 1.1", "deprecated"),
            fault(Metric.TLS_1_0, "TLS 1.0", "deprecated"),
            fault(Metric.TLS_SSL_3, "SSL 3", "broken"));

    static final List<Wording> NO_MAIL = List.of(
            new Wording(Metric.STATUS_NXDOMAIN, "no-mail", "No such domain", "DNS does not know the name (NXDOMAIN)"),
            new Wording(Metric.STATUS_NULL_MX, "no-mail", "Takes no mail", "says so itself (null MX)"),
            new Wording(Metric.STATUS_NO_ADDRESS, "no-mail", "No address", "no mail server with an address"),
            new Wording(
                    Metric.STATUS_LOCAL_ONLY,
                    "no-mail",
                    "Local only",
                    "mail servers only at addresses that are not public"));

    private static Wording fault(Metric metric, String label, String meaning) {
        return new Wording(metric, "fault", label, meaning);
    }
}
