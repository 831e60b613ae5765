package org.mailpulse.benchmarks.dns;

import java.util.concurrent.CompletableFuture;
import org.mailpulse.benchmarks.load.Task;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Asks for the MX records of one domain after the other. */
final class DnsTask implements Task {
    private final Resolver resolver;
    private final int domains;

    DnsTask(Resolver resolver, int domains) {
        this.resolver = resolver;
        this.domains = domains;
    }

    @Override
    public CompletableFuture<Long> start(int number) {
        Name domain = Name.fromConstantString(BenchZone.domain(number % domains) + ".");
        return resolver.sendAsync(Message.newQuery(Record.newRecord(domain, Type.MX, DClass.IN)))
                .thenApply(reply -> {
                    if (!isAnswer(reply)) {
                        throw new IllegalStateException("not the answer for " + domain + ": " + reply);
                    }
                    return 0L;
                })
                .toCompletableFuture();
    }

    private static boolean isAnswer(Message reply) {
        return reply.getSection(Section.ANSWER).stream().anyMatch(record -> record.getType() == Type.MX);
    }
}
