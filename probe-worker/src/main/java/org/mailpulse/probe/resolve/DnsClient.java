package org.mailpulse.probe.resolve;

import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** A way to ask DNS, together with a way to tell what DNSSEC says of the answer. */
public interface DnsClient {
    /** @return completes exceptionally if no answer came */
    CompletableFuture<Reply> ask(Name name, int type);

    /** Drops what is remembered of keys and delegations. */
    default void forget() {}

    static Message query(Name name, int type) {
        return Message.newQuery(Record.newRecord(name, type, DClass.IN));
    }
}
