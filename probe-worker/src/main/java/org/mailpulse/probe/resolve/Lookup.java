package org.mailpulse.probe.resolve;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks one question and follows aliases, within an answer and, where a server stops at its zone's edge, beyond it. */
final class Lookup {
    /** Honest chains have two or three links. */
    private static final int MAX_ALIASES = 8;

    private final Resolver resolver;

    Lookup(Resolver resolver) {
        this.resolver = resolver;
    }

    /** @return never completes exceptionally */
    CompletableFuture<Answer> ask(Name name, int type) {
        return ask(name, type, 0);
    }

    private CompletableFuture<Answer> ask(Name name, int type, int aliases) {
        Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        return resolver.sendAsync(query)
                .toCompletableFuture()
                .handle((answer, failure) -> failure != null
                        ? CompletableFuture.completedFuture(Answer.error(detail(failure)))
                        : read(answer, name, type, aliases))
                .thenCompose(next -> next);
    }

    private CompletableFuture<Answer> read(Message message, Name name, int type, int aliases) {
        int rcode = message.getRcode();
        if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
            return CompletableFuture.completedFuture(Answer.error(Rcode.string(rcode)));
        }
        List<Record> section = message.getSection(Section.ANSWER);
        Name owner = name;
        int links = aliases;
        for (Name target = alias(section, owner, type); target != null; target = alias(section, owner, type)) {
            owner = target;
            if (++links > MAX_ALIASES) {
                return CompletableFuture.completedFuture(Answer.error("CNAME_LOOP"));
            }
        }
        List<Record> found = records(section, owner, type);
        if (!found.isEmpty()) {
            return CompletableFuture.completedFuture(Answer.found(found));
        }
        if (rcode == Rcode.NXDOMAIN) {
            // after an alias it is the alias's target that does not exist (RFC 6604 §3): no less final
            return CompletableFuture.completedFuture(Answer.NXDOMAIN);
        }
        boolean denied = hasAuthority(message, Type.SOA);
        if (links > aliases && !denied) {
            return ask(owner, type, links); // the chain leaves what this server knows
        }
        if (!denied && hasAuthority(message, Type.NS) && isReferral(message)) {
            return CompletableFuture.completedFuture(Answer.error("LAME"));
        }
        return CompletableFuture.completedFuture(Answer.NO_DATA);
    }

    /** Name servers in place of an answer: the server asked is neither recursive nor responsible for the name. */
    private static boolean isReferral(Message message) {
        return !message.getHeader().getFlag(Flags.AA) && !message.getHeader().getFlag(Flags.RA);
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
