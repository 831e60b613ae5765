package org.mailpulse.probe.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.probe.resolve.MailRoute.MxHost;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** MX RRset → route. Pure. */
final class MxRecords {
    /** Hosts that are asked per domain; honest domains have up to ten. */
    static final int MAX_ASKED = 10;
    /** Hosts that are recorded at all: a hostile answer over TCP may hold thousands. */
    static final int MAX_RECORDED = 50;

    private MxRecords() {}

    static MailRoute route(List<Record> records, DnssecState dnssec) {
        if (records.stream().allMatch(record -> exchange(record).equals(Name.root))) {
            return MailRoute.without(MailDns.NULL_MX, dnssec); // RFC 7505 §3; some write another preference than 0
        }
        Map<String, Integer> preferences = new HashMap<>();
        for (Record record : records) {
            preferences.merge(HostNames.text(exchange(record)), ((MXRecord) record).getPriority(), Math::min);
        }
        List<MxHost> hosts = new ArrayList<>();
        preferences.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_RECORDED)
                .forEach(host -> hosts.add(new MxHost(host.getKey(), host.getValue(), hosts.size() < MAX_ASKED)));
        return new MailRoute(MailDns.MX, null, hosts, dnssec);
    }

    private static Name exchange(Record record) {
        return ((MXRecord) record).getTarget();
    }
}
