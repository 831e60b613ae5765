package org.mailpulse.probe;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.MailResolver;

/** Remembers the addresses of MX hosts within a survey; a failed lookup is tried again after a while. */
final class HostDirectory {
    private static final int MAX_REMEMBERED = 200_000;
    private static final Duration UNTIL_RETRY = Duration.ofMinutes(1);

    private final MailResolver resolver;
    private final AsyncCache<Key, HostAddresses> cache;

    private record Key(String survey, String host) {}

    HostDirectory(MailResolver resolver) {
        this.resolver = resolver;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .expireAfter(Expiry.creating((Key key, HostAddresses addresses) ->
                        addresses.status() == AddressStatus.ERROR ? UNTIL_RETRY : Duration.ofDays(1)))
                .executor(Runnable::run)
                .buildAsync();
    }

    CompletableFuture<HostAddresses> addresses(String survey, String host) {
        return cache.get(new Key(survey, host), (key, executor) -> resolver.addresses(host));
    }

    void forgetBefore(String survey) {
        cache.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
    }
}
