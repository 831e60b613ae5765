package org.mailpulse.probe;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.verdict.DomainNames;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.resolve.Answer;
import org.mailpulse.probe.resolve.HostNames;
import org.mailpulse.probe.resolve.MailResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Who does not want to be asked: those on the list, and those who say so themselves by a TXT record {@code opt-out} at
 * {@code _mailpulse.} and their name, or their registrable domain. Publishing it proves who they are. Each name is looked up
 * once per survey. A lookup that fails is no refusal, and is tried again after a while.
 */
final class Consent {
    private static final String LABEL = "_mailpulse.";
    private static final String TEXT = "opt-out";
    private static final int MAX_REMEMBERED = 200_000;
    private static final Duration UNTIL_RETRY = Duration.ofMinutes(1);

    private enum Told {
        REFUSES,
        NOTHING,
        ERROR
    }

    private final OptOutList list;
    private final MailResolver resolver;
    private final AsyncCache<Key, Told> records = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfter(Expiry.creating((Key key, Told told) -> told == Told.ERROR ? UNTIL_RETRY : Duration.ofDays(1)))
            .executor(Runnable::run)
            .buildAsync();

    private record Key(String survey, String name) {}

    /** @param resolver for TXT records; null not to look for any */
    Consent(OptOutList list, MailResolver resolver) {
        this.list = list;
        this.resolver = resolver;
    }

    boolean isRefusedAt(InetAddress address) {
        return list.holds(address);
    }

    /**
     * @param name of a domain or MX host, in A-labels, lower case
     * @return never completes exceptionally
     */
    CompletableFuture<Boolean> isRefusedBy(String survey, String name) {
        if (list.names(name)) {
            return CompletableFuture.completedFuture(true);
        }
        if (resolver == null || !HostNames.isHostName(name)) {
            return CompletableFuture.completedFuture(false);
        }
        String owned = DomainNames.registrable(name);
        CompletableFuture<Boolean> itself = refuses(survey, name);
        return owned.equals(name) ? itself : itself.thenCombine(refuses(survey, owned), Boolean::logicalOr);
    }

    void forgetBefore(String survey) {
        records.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
    }

    private CompletableFuture<Boolean> refuses(String survey, String name) {
        return records.get(new Key(survey, name), (key, executor) -> look(name)).thenApply(Told.REFUSES::equals);
    }

    private CompletableFuture<Told> look(String name) {
        return resolver.ask(LABEL + name, Type.TXT)
                .thenApply(answer -> switch (answer.kind()) {
                    case FOUND -> says(answer) ? Told.REFUSES : Told.NOTHING;
                    case NXDOMAIN, NO_DATA -> Told.NOTHING;
                    case ERROR -> Told.ERROR;
                })
                .exceptionally(failure -> Told.ERROR);
    }

    private static boolean says(Answer answer) {
        return answer.records().stream()
                .flatMap(record -> ((TXTRecord) record).getStrings().stream())
                .anyMatch(text -> text.strip().equalsIgnoreCase(TEXT));
    }
}
