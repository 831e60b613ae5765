package org.mailpulse.probe.resolve;

import java.util.List;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.MailDns;

/**
 * Where the mail of a domain goes.
 *
 * @param detail a word on a failure, e.g. {@code SERVFAIL}; null otherwise
 * @param hosts each name once, by preference, then by name; the domain itself for an implicit MX; empty where there is
 *     no way in
 * @param dnssec of the MX RRset, or of the answer that there is none
 */
public record MailRoute(MailDns dns, String detail, List<MxHost> hosts, DnssecState dnssec) {
    /** @param asked false beyond the number of hosts that are looked up per domain */
    public record MxHost(String name, int preference, boolean asked) {}

    public MailRoute {
        hosts = List.copyOf(hosts);
    }

    static MailRoute without(MailDns dns, DnssecState dnssec) {
        return new MailRoute(dns, null, List.of(), dnssec);
    }

    /** @param detail one word */
    public static MailRoute error(String detail, DnssecState dnssec) {
        return new MailRoute(MailDns.ERROR, detail, List.of(), dnssec);
    }
}
