package org.mailpulse.probe.resolve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.probe.resolve.Answer.Kind;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks one question and follows aliases, within an answer and, where a server stops at its zone's edge, beyond it. */
final class Lookup {
    /** Honest chains have two or three links. */
    private static final int MAX_ALIASES = 8;

    private final DnsClient dns;

    Lookup(DnsClient dns) {
        this.dns = dns;
    }

    /** @return never completes exceptionally */
    CompletableFuture<Answer> ask(Name name, int type) {
        return ask(name, type, 0, DnssecState.SECURE);
    }

    /** @param sofar what DNSSEC says of the aliases that led here */
    private CompletableFuture<Answer> ask(Name name, int type, int aliases, DnssecState sofar) {
        return dns.ask(name, type)
                .handle((reply, failure) -> failure != null
                        ? CompletableFuture.completedFuture(
                                Answer.error(detail(failure), DnssecState.NOT_MEASURED, name))
                        : read(reply.message(), name, type, aliases, Answer.worse(sofar, reply.dnssec())))
                .thenCompose(next -> next);
    }

    private CompletableFuture<Answer> read(Message message, Name name, int type, int aliases, DnssecState dnssec) {
        int rcode = message.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            String detail = dnssec == DnssecState.BOGUS ? Answer.BOGUS : Rcode.string(rcode);
            return CompletableFuture.completedFuture(Answer.error(detail, dnssec, name));
        }
        List<Record> section = message.getSection(Section.ANSWER);
        Name owner = name;
        int links = aliases;
        for (Name target = alias(section, owner, type); target != null; target = alias(section, owner, type)) {
            owner = target;
            if (++links > MAX_ALIASES) {
                return CompletableFuture.completedFuture(Answer.error("CNAME_LOOP", dnssec, owner));
            }
        }
        List<Record> found = records(section, owner, type);
        if (!found.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.found(found, dnssec, owner));
        }
        if (rcode == Rcode.NXDOMAIN) {
            // after an alias it is the alias's target that does not exist (RFC 6604 §3): no less final
            return CompletableFuture.completedFuture(Answer.nothing(Kind.NXDOMAIN, dnssec, owner));
        }
        boolean denied = hasAuthority(message, Type.SOA);
        if (links > aliases && !denied) {
            return ask(owner, type, links, dnssec); // the chain leaves what this server knows
        }
        if (isReferral(message)) {
            return CompletableFuture.completedFuture(Answer.error("LAME", dnssec, owner));
        }
        return CompletableFuture.completedFuture(Answer.nothing(Kind.NO_DATA, dnssec, owner));
    }

    /** Name servers in place of an answer: the server asked is neither recursive nor responsible for the name. */
    static boolean isReferral(Message message) {
        return message.getSection(Section.ANSWER).isEmpty()
                && !hasAuthority(message, Type.SOA)
                && hasAuthority(message, Type.NS)
                && !message.getHeader().getFlag(Flags.AA)
                && !message.getHeader().getFlag(Flags.RA);
    }

    private static Name alias(List<Record> section, Name owner, int type) {
        for (Record record : section) {
            if (record instanceof CNAMERecord alias
                    && type != Type.CNAME
                    && alias.getName().equals(owner)) {
                return alias.getTarget();
            }
        }
        return null;
    }

    private static List<Record> records(List<Record> section, Name owner, int type) {
        List<Record> found = new ArrayList<>();
        for (Record record : section) {
            if (record.getType() == type
                    && record.getDClass() == DClass.IN
                    && record.getName().equals(owner)) {
                found.add(record);
            }
        }
        return found;
    }

    private static boolean hasAuthority(Message message, int type) {
        for (Record record : message.getSection(Section.AUTHORITY)) {
            if (record.getType() == type) {
                return true;
            }
        }
        return false;
    }

    private static String detail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof SocketTimeoutException) {
            return "TIMEOUT";
        }
        return cause instanceof IOException ? "NO_ANSWER" : "INTERNAL_ERROR";
    }
}
