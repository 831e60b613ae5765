package org.mailpulse.simulator.world;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Customers who give their provider's MX hosts names of their own, {@code relay1.<domain>}: only the certificate or the
 * name that the machine calls itself by tells who runs the mail.
 */
final class Relays {
    private static final Set<MailProvider> PROVIDERS =
            Set.of(MailProvider.QUORREL, MailProvider.PLOVER, MailProvider.SIFTWALL);

    private static final double SHARE = 0.08;
    private static final int MAX_RELAYS = 2;
    private static final String PREFIX = "relay";

    private final Draw draw;
    private final ProviderHistory history;
    private final int surveys;

    Relays(Draw draw, ProviderHistory history, int surveys) {
        this.draw = draw;
        this.history = history;
        this.surveys = surveys;
    }

    boolean isUsedBy(Domain customer, MailProvider provider) {
        return PROVIDERS.contains(provider) && draw.unit(Aspect.RELAY, customer.index()) < SHARE;
    }

    /** The most preferred first. */
    List<String> names(Domain customer, MailProvider provider) {
        return IntStream.range(0, count(provider))
                .mapToObj(relay -> PREFIX + (relay + 1) + "." + customer.name())
                .toList();
    }

    /** One of the customer's relays. */
    record Relay(MailProvider provider, int host, CertificatePlan certificate) {}

    /** @param name {@code <first label>.<customer>} */
    Optional<Relay> find(String name, Domain customer, int survey) {
        MailProvider provider = Hosting.of(draw, customer, survey, surveys).provider();
        if (provider == null || !isUsedBy(customer, provider)) {
            return Optional.empty();
        }
        int relay = names(customer, provider).indexOf(name);
        if (relay < 0) {
            return Optional.empty();
        }
        int host = provider.layout() == MailProvider.Layout.SHARDED ? provider.shard(draw, customer) : relay;
        return Optional.of(new Relay(provider, host, certificate(name, customer, provider, survey)));
    }

    private static int count(MailProvider provider) {
        return provider.layout() == MailProvider.Layout.SHARDED ? 1 : Math.min(MAX_RELAYS, provider.hosts());
    }

    /** The provider's with the customer's name in it, the provider's as it is, or one for the customer alone. */
    private CertificatePlan certificate(String name, Domain customer, MailProvider provider, int survey) {
        CertificatePlan shared = history.certificate(provider, survey);
        double choice = draw.unit(Aspect.RELAY, customer.index(), 1);
        if (choice < 0.4) {
            List<String> both =
                    Stream.concat(shared.names().stream(), Stream.of(name)).toList();
            return new CertificatePlan(shared.kind(), shared.rsa(), both);
        }
        if (choice < 0.7) {
            return new CertificatePlan(CertificateKind.WRONG_NAME, shared.rsa(), shared.names());
        }
        return new CertificatePlan(shared.kind(), shared.rsa(), List.of(name));
    }
}
