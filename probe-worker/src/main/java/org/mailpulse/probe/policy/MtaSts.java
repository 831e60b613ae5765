package org.mailpulse.probe.policy;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MtaStsFinding.Status;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.pace.AddressRules;
import org.mailpulse.probe.pace.Gate;
import org.mailpulse.probe.pace.OptOutList;
import org.mailpulse.probe.policy.Fetched.Result;
import org.mailpulse.probe.resolve.Answer;
import org.mailpulse.probe.resolve.HostAddresses;
import org.mailpulse.probe.resolve.HostNames;
import org.mailpulse.probe.resolve.MailResolver;
import org.mailpulse.probe.tls.StrictTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;

/**
 * Looks for a domain's MTA-STS record and fetches its policy (RFC 8461), once per survey and id. A fetch that fails, as
 * opposed to one that is refused, is tried once more.
 */
public final class MtaSts {
    private static final Logger LOG = LoggerFactory.getLogger(MtaSts.class);
    private static final int MAX_REMEMBERED = 100_000;
    /** Of a policy host, one after the other. */
    private static final int MAX_ADDRESSES = 2;

    private final MailResolver resolver;
    private final PolicyClient client;
    private final PolicySettings settings;
    private final Gate gate;
    private final OptOutList optOut;
    private final AsyncCache<Key, MtaStsFinding> policies = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .executor(Runnable::run)
            .buildAsync();

    private record Key(String survey, String domain, String id) {}

    /** @param gate of its own: policy hosts are web servers, and often shared by many domains */
    public MtaSts(
            MailResolver resolver,
            Transport transport,
            StrictTls tls,
            PolicySettings settings,
            Gate gate,
            OptOutList optOut) {
        this.resolver = resolver;
        this.client = new PolicyClient(transport, tls, settings);
        this.settings = settings;
        this.gate = gate;
        this.optOut = optOut;
    }

    /**
     * @param domain in A-labels, lower case
     * @return never completes exceptionally
     */
    public CompletableFuture<MtaStsFinding> find(String survey, String domain) {
        if (optOut.names(domain) || optOut.names(host(domain))) {
            return CompletableFuture.completedFuture(MtaStsFinding.NOT_MEASURED);
        }
        return resolver.ask("_mta-sts." + domain, Type.TXT)
                .thenCompose(answer -> switch (answer.kind()) {
                    case NXDOMAIN, NO_DATA -> only(Status.ABSENT, null);
                    case ERROR -> only(Status.DNS_ERROR, null);
                    case FOUND -> follow(survey, domain, record(answer));
                })
                .exceptionally(failure -> {
                    LOG.warn("looking for the policy of {} broke", domain, failure);
                    return MtaStsFinding.NOT_MEASURED;
                });
    }

    /** Drops what is known of surveys with earlier names. */
    public void forgetBefore(String survey) {
        policies.asMap().keySet().removeIf(key -> key.survey.compareTo(survey) < 0);
    }

    private static StsRecord record(Answer answer) {
        return StsRecord.of(answer.records().stream()
                .map(record -> StsRecord.text((TXTRecord) record))
                .toList());
    }

    private CompletableFuture<MtaStsFinding> follow(String survey, String domain, StsRecord record) {
        return switch (record.kind()) {
            case ABSENT -> only(Status.ABSENT, null);
            case INVALID -> only(Status.RECORD_INVALID, null);
            case VALID ->
                policies.get(new Key(survey, domain, record.id()), (key, executor) -> policy(domain, record.id()));
        };
    }

    private CompletableFuture<MtaStsFinding> policy(String domain, String id) {
        if (!HostNames.isHostName(host(domain))) {
            return only(Status.POLICY_UNREACHABLE, id);
        }
        return fetch(domain)
                .thenCompose(first -> first.result() == Result.FAILED
                        ? CompletableFuture.supplyAsync(() -> fetch(domain), later())
                                .thenCompose(second -> second)
                        : CompletableFuture.completedFuture(first))
                .thenApply(fetched -> finding(fetched, id));
    }

    private static MtaStsFinding finding(Fetched fetched, String id) {
        return switch (fetched.result()) {
            case LEFT_ALONE -> MtaStsFinding.NOT_MEASURED;
            case FAILED, REFUSED -> new MtaStsFinding(Status.POLICY_UNREACHABLE, id, null, null, 0);
            case UNFIT -> new MtaStsFinding(Status.POLICY_INVALID, id, null, null, 0);
            case TEXT ->
                StsPolicy.parse(fetched.body())
                        .map(policy -> new MtaStsFinding(
                                Status.POLICY, id, policy.mode(), policy.mxPatterns(), policy.maxAge()))
                        .orElse(new MtaStsFinding(Status.POLICY_INVALID, id, null, null, 0));
        };
    }

    private CompletableFuture<Fetched> fetch(String domain) {
        return resolver.addresses(host(domain)).thenCompose(addresses -> {
            if (addresses.asked().stream().anyMatch(optOut::holds)) {
                return CompletableFuture.completedFuture(Fetched.LEFT_ALONE);
            }
            List<InetAddress> allowed = addresses.asked().stream()
                    .filter(address -> settings.allowPrivate() || !AddressRules.isBlocked(address))
                    .limit(MAX_ADDRESSES)
                    .toList();
            return allowed.isEmpty() ? CompletableFuture.completedFuture(nowhere(addresses)) : fetch(allowed, domain);
        });
    }

    /** A lookup that failed may come to something later; a host without a public address is out of everyone's reach. */
    private static Fetched nowhere(HostAddresses addresses) {
        return addresses.status() == AddressStatus.ERROR ? Fetched.FAILED : Fetched.REFUSED;
    }

    /** Who answers decides; only a failure leads on to the next address. */
    private CompletableFuture<Fetched> fetch(List<InetAddress> addresses, String domain) {
        return fetch(addresses.get(0), domain)
                .thenCompose(fetched -> fetched.result() == Result.FAILED && addresses.size() > 1
                        ? fetch(addresses.subList(1, addresses.size()), domain)
                        : CompletableFuture.completedFuture(fetched));
    }

    private CompletableFuture<Fetched> fetch(InetAddress address, String domain) {
        return gate.enter(address).thenCompose(place -> {
            try {
                return client.fetch(address, host(domain)).whenComplete((fetched, failure) -> place.close());
            } catch (RuntimeException e) {
                place.close();
                return CompletableFuture.failedFuture(e);
            }
        });
    }

    private Executor later() {
        return CompletableFuture.delayedExecutor(settings.again().toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    }

    private static String host(String domain) {
        return "mta-sts." + domain;
    }

    private static CompletableFuture<MtaStsFinding> only(Status status, String id) {
        return CompletableFuture.completedFuture(new MtaStsFinding(status, id, null, null, 0));
    }
}
