package org.mailpulse.model.verdict;

import java.util.List;
import java.util.Locale;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsRptFinding;

/** Is a sender told to insist, and would it then get through? DANE by RFC 7672, MTA-STS by RFC 8461. Is it reported? RFC 8460. */
final class PolicyJudge {
    private enum HostDane {
        NOT_MEASURED,
        ABSENT,
        MATCH,
        BROKEN
    }

    private PolicyJudge() {}

    static DaneState dane(DnssecState mxSecure, List<MxHostObservation> hosts) {
        switch (mxSecure) {
            case NOT_MEASURED, BOGUS: // a bogus answer is a failure of DNS, and tells nothing
                return DaneState.NOT_MEASURED;
            case INSECURE:
                return DaneState.NONE; // RFC 7672 §2.2.1: without a secure MX RRset nothing is pinned to the domain
            default:
                break;
        }
        boolean absent = false;
        boolean match = false;
        boolean unmeasured = false;
        for (MxHostObservation host : hosts) {
            if (!HostState.of(host.endpoints()).isDeterminate()) {
                continue;
            }
            switch (dane(host)) {
                case BROKEN:
                    return DaneState.BROKEN;
                case MATCH:
                    match = true;
                    break;
                case ABSENT:
                    absent = true;
                    break;
                case NOT_MEASURED:
                    unmeasured = true;
                    break;
            }
        }
        if (unmeasured || (!match && !absent)) {
            return DaneState.NOT_MEASURED;
        }
        if (match) {
            return absent ? DaneState.PARTIAL : DaneState.VALID;
        }
        return DaneState.NONE;
    }

    private static HostDane dane(MxHostObservation host) {
        return switch (host.tlsa()) {
            case NOT_MEASURED -> HostDane.NOT_MEASURED;
            case ABSENT, INSECURE -> HostDane.ABSENT;
            // RFC 7672 §2.2: such records demand TLS, but leave it unauthenticated, so they pin nothing
            case SECURE_UNUSABLE -> HostDane.ABSENT;
            case ERROR -> HostDane.BROKEN;
            case SECURE_USABLE -> matches(host.endpoints());
        };
    }

    private static HostDane matches(List<EndpointObservation> endpoints) {
        boolean unmeasured = false;
        for (EndpointObservation endpoint : endpoints) {
            if (!endpoint.outcome().isDeterminate()) {
                continue;
            }
            if (endpoint.outcome() != Outcome.TLS_OK || endpoint.dane() == DaneMatch.MISMATCH) {
                return HostDane.BROKEN;
            }
            unmeasured |= endpoint.dane() == DaneMatch.NOT_MEASURED;
        }
        return unmeasured ? HostDane.NOT_MEASURED : HostDane.MATCH;
    }

    static TlsRptState tlsRpt(TlsRptFinding finding) {
        return switch (finding.state()) {
            case NOT_MEASURED, ERROR -> TlsRptState.NOT_MEASURED;
            case ABSENT -> TlsRptState.NONE;
            case PRESENT -> TlsRptState.PRESENT;
            case MALFORMED -> TlsRptState.MALFORMED;
        };
    }

    static MtaStsState mtaSts(MtaStsFinding finding, List<MxHostObservation> hosts) {
        return switch (finding.status()) {
            case NOT_MEASURED, DNS_ERROR -> MtaStsState.NOT_MEASURED;
            case ABSENT -> MtaStsState.NONE;
            case RECORD_INVALID, POLICY_UNREACHABLE, POLICY_INVALID -> MtaStsState.BROKEN;
            case POLICY -> policy(finding, hosts);
        };
    }

    private static MtaStsState policy(MtaStsFinding finding, List<MxHostObservation> hosts) {
        String mode = finding.mode() == null ? "" : finding.mode();
        return switch (mode) {
            case "none" -> MtaStsState.DISABLED;
            case "testing" -> MtaStsState.TESTING;
            case "enforce" -> fits(finding, hosts) ? MtaStsState.ENFORCE : MtaStsState.BROKEN;
            default -> MtaStsState.BROKEN;
        };
    }

    private static boolean fits(MtaStsFinding finding, List<MxHostObservation> hosts) {
        for (MxHostObservation host : hosts) {
            boolean covered = finding.mxPatterns().stream().anyMatch(pattern -> covers(pattern, host.host()));
            boolean determinate = HostState.of(host.endpoints()).isDeterminate();
            if (!covered || (determinate && !AuthenticationJudge.authenticates(host))) {
                return false;
            }
        }
        return true;
    }

    /** RFC 8461 §4.1: a pattern is a host name, or one whose left-most label is {@code *} and stands for just one label. */
    static boolean covers(String pattern, String host) {
        String wanted = pattern.toLowerCase(Locale.ROOT);
        if (!wanted.startsWith("*.")) {
            return wanted.equals(host);
        }
        int dot = host.indexOf('.');
        return dot > 0 && wanted.substring(1).equals(host.substring(dot));
    }
}
