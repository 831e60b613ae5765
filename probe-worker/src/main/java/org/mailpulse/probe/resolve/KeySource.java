package org.mailpulse.probe.resolve;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.TSIG;

/**
 * What dnsjava's validator sees of the network: the one answer that it is to judge, and DS and DNSKEY records, which are
 * remembered for a while. Its stages run on the given pool.
 */
final class KeySource implements Resolver {
    private static final int EDNS_PAYLOAD = 1232;
    private static final int MAX_REMEMBERED = 10_000;
    private static final Duration MAX_AGE = Duration.ofMinutes(15);
    private static final Duration FAILURE_AGE = Duration.ofSeconds(5);

    private final Resolver network;
    private final Executor pool;
    private final ThreadLocal<Message> toJudge = new ThreadLocal<>();
    private final AsyncCache<Question, Message> keys = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfter(Expiry.creating((Question question, Message answer) -> age(answer)))
            .executor(Runnable::run)
            .buildAsync();

    private record Question(Name name, int type) {}

    KeySource(Resolver network, Executor pool) {
        this.network = network;
        this.pool = pool;
    }

    /** The answer as it stands on the wire, with its signatures and without anybody's checks. */
    CompletableFuture<Message> fetch(Name name, int type) {
        Message query = DnsClient.query(name, type);
        query.getHeader().setFlag(Flags.CD);
        query.addRecord(new OPTRecord(EDNS_PAYLOAD, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
        return network.sendAsync(query).toCompletableFuture();
    }

    /** DS or DNSKEY; a failure to get them is an answer too, since the validator overlooks exceptions in places. */
    CompletableFuture<Message> keys(Name name, int type) {
        return keys.get(
                new Question(name, type),
                (question, executor) -> fetch(name, type).exceptionally(lost -> failure(name, type)));
    }

    /** Runs a validator on this thread; the first question that it asks is answered by the given message. */
    CompletionStage<Message> judge(Resolver validator, Message query, Message answer) {
        toJudge.set(answer);
        try {
            return validator.sendAsync(query, pool);
        } finally {
            toJudge.remove();
        }
    }

    void forget() {
        keys.synchronous().invalidateAll();
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query, Executor executor) {
        return sendAsync(query);
    }

    @Override
    public CompletionStage<Message> sendAsync(Message query) {
        Message given = toJudge.get();
        toJudge.remove();
        Record question = query.getQuestion();
        return PooledFuture.of(
                pool,
                given == null
                        ? keys(question.getName(), question.getType())
                        : CompletableFuture.completedFuture(given));
    }

    private static Message failure(Name name, int type) {
        Message failure = DnsClient.query(name, type);
        failure.getHeader().setFlag(Flags.QR);
        failure.getHeader().setRcode(Rcode.SERVFAIL);
        return failure;
    }

    private static Duration age(Message answer) {
        if (answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN) {
            return FAILURE_AGE;
        }
        long seconds = MAX_AGE.toSeconds();
        for (int section : new int[] {Section.ANSWER, Section.AUTHORITY}) {
            for (Record record : answer.getSection(section)) {
                seconds = Math.min(seconds, record.getTTL());
            }
        }
        return Duration.ofSeconds(Math.max(1, seconds));
    }

    @Override
    public Duration getTimeout() {
        return network.getTimeout();
    }

    @Override
    public void setTimeout(Duration timeout) {
        throw new UnsupportedOperationException("set it where the network is");
    }

    @Override
    public void setPort(int port) {
        throw new UnsupportedOperationException("set it where the network is");
    }

    @Override
    public void setTCP(boolean flag) {
        throw new UnsupportedOperationException("set it where the network is");
    }

    /** The validator sets it when it is made; truncation is never ignored here. */
    @Override
    public void setIgnoreTruncation(boolean flag) {}

    /** The validator sets it when it is made; signatures are always asked for here. */
    @Override
    public void setEDNS(int version, int payloadSize, int flags, List<EDNSOption> options) {}

    @Override
    public void setTSIGKey(TSIG key) {
        throw new UnsupportedOperationException("TSIG is not for surveys");
    }
}
