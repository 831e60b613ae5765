package org.mailpulse.probe;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.probe.policy.TlsaLookup;
import org.mailpulse.probe.policy.TlsaSet;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailResolver;

/** Remembers MX hosts' addresses and TLSA records within a survey; a failed lookup is tried again after a while. */
final class HostDirectory {
    private static final int MAX_REMEMBERED = 200_000;
    private static final Duration UNTIL_RETRY = Duration.ofMinutes(1);

    private final MailResolver resolver;
    private final TlsaLookup tlsaLookup;
    private final AsyncCache<Key, HostAddresses> addresses =
            remembering(found -> found.status() == AddressStatus.ERROR);
    private final AsyncCache<Key, TlsaSet> tlsa = remembering(found -> found.status() == TlsaStatus.ERROR);

    private record Key(String survey, String host) {}

    HostDirectory(MailResolver resolver) {
        this.resolver = resolver;
        this.tlsaLookup = new TlsaLookup(resolver);
    }

    private static <T> AsyncCache<Key, T> remembering(Predicate<T> isFailure) {
        return Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfter(
                        Expiry.creating((Key key, T found) -> isFailure.test(found) ? UNTIL_RETRY : Duration.ofDays(1)))
                .executor(Runnable::run)
                .buildAsync();
    }

    CompletableFuture<HostAddresses> addresses(String survey, String host) {
        return addresses.get(new Key(survey, host), (key, executor) -> resolver.addresses(host));
    }

    CompletableFuture<TlsaSet> tlsa(String survey, String host) {
        return tlsa.get(
                new Key(survey, host),
                (key, executor) -> addresses(survey, host).thenCompose(tlsaLookup::of));
    }

    void forgetBefore(String survey) {
        addresses.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
        tlsa.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
    }
}
