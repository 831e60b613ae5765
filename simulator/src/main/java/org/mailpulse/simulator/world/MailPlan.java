package org.mailpulse.simulator.world;

import java.util.List;

/**
 * What DNS says of one domain's mail in one survey.
 *
 * @param manner how the questions about the domain itself are answered
 * @param alias the domain is a CNAME of {@code alias.<domain>}, which bears the records; never in a signed zone, whose
 *     keys could not stand beside it
 * @param mx empty unless routing is {@link Routing#MX}
 * @param signing state of the zone
 * @param mtaSts record and policy of RFC 8461
 * @param tlsRpt record of RFC 8460
 */
public record MailPlan(
        Routing routing,
        Manner manner,
        boolean alias,
        List<Mx> mx,
        Signing signing,
        MtaStsPlan mtaSts,
        TlsRptPlan tlsRpt) {

    public enum Routing {
        MX,
        /** No MX, but an address. */
        IMPLICIT_MX,
        NULL_MX,
        NXDOMAIN,
        /** Neither MX nor address. */
        NO_ADDRESS
    }

    /** How a question is answered over UDP. */
    public enum Manner {
        PROMPT,
        /** After some tenths of a second. */
        SLOW,
        /** Empty and truncated, so that TCP must be used. */
        TRUNCATED,
        /** The first question is lost, the second is answered. */
        LOSSY,
        SERVFAIL,
        REFUSED,
        /** Never, nor over TCP. */
        DROPPED;

        /** Whether a patient resolver gets the answer. */
        public boolean answers() {
            return compareTo(SERVFAIL) < 0;
        }
    }

    public enum Signing {
        UNSIGNED,
        SIGNED,
        /** The signatures are past their date. */
        EXPIRED,
        /** The signatures are of another key. */
        WRONG
    }

    public enum MtaStsPlan {
        NONE,
        ENFORCE,
        TESTING,
        MODE_NONE,
        /** Enforced, but no pattern covers the MX hosts. */
        MISMATCH,
        /** The policy is not there. */
        NOT_FOUND,
        /** The policy host's certificate has expired. */
        EXPIRED_CERTIFICATE,
        /** The policy host breaks the handshake off. */
        BROKEN_TLS,
        /** The TXT record has no id. */
        INVALID_RECORD,
        /** The question for the record is answered with SERVFAIL. */
        RECORD_FAILS,
        /** The policy host does not exist. */
        NO_HOST,
        /** The policy host's certificate names another. */
        WRONG_NAME,
        /** The policy is elsewhere, and RFC 8461 §3.3 forbids to follow. */
        REDIRECTS,
        /** Some hundred kilobytes. */
        HUGE,
        /** The policy has no mode. */
        INVALID_POLICY
    }

    public enum TlsRptPlan {
        NONE,
        /** Reports go by mail. */
        MAIL,
        /** Reports go by mail and by HTTPS. */
        MAIL_AND_HTTPS,
        /** The record names nobody to report to. */
        NOBODY,
        /** There are two records. */
        TWICE,
        /** The question for the record is answered with SERVFAIL. */
        FAILS
    }

    /** One MX record. */
    public record Mx(int preference, String host) {}

    public MailPlan {
        mx = List.copyOf(mx);
    }
}
