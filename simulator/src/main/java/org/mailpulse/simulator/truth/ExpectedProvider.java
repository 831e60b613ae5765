package org.mailpulse.simulator.truth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailpulse.model.verdict.Provider.Evidence;
import org.mailpulse.model.verdict.ProviderKind;
import org.mailpulse.simulator.world.Domain;
import org.mailpulse.simulator.world.MailProvider;

/**
 * Section 7 of docs/methodology.md read a second time: who must be found to run a domain's mail, and by what.
 *
 * @param name empty where there is nobody
 * @param kind null where no rule names the provider
 */
public record ExpectedProvider(String name, ProviderKind kind, Evidence evidence) {
    static final ExpectedProvider NOBODY = new ExpectedProvider("", null, Evidence.NONE);

    /** Those of which the rules know, by their names in lower case. */
    private enum Known {
        BRINDLE(MailProvider.BRINDLE, ProviderKind.HOSTING),
        PLOVER(MailProvider.PLOVER, ProviderKind.HOSTING),
        QUORREL(MailProvider.QUORREL, ProviderKind.MAILBOX),
        SIFTWALL(MailProvider.SIFTWALL, ProviderKind.GATEWAY),
        /** By its MX hosts alone. */
        STRAINER(MailProvider.STRAINER, ProviderKind.GATEWAY),
        VASTIBULE(MailProvider.VASTIBULE, ProviderKind.MAILBOX);

        private final MailProvider provider;
        private final ProviderKind kind;

        Known(MailProvider provider, ProviderKind kind) {
            this.provider = provider;
            this.kind = kind;
        }

        boolean owns(String name) {
            return name.endsWith("." + provider.domain()) || name.equals(provider.domain());
        }

        ExpectedProvider by(Evidence evidence) {
            return new ExpectedProvider(name().toLowerCase(Locale.ROOT), kind, evidence);
        }
    }

    /**
     * Every top-level domain of the world is a public suffix of one label, so two labels make an owner.
     *
     * @param first the most preferred host; those that are equally preferred all lie in the domain itself, on machines that
     *     tell of nobody
     */
    static ExpectedProvider of(Domain domain, ExpectedHost first) {
        String mxHost = first.plan().name();
        return known(first.vouchedNames(), Evidence.CERTIFICATE, known -> known != Known.STRAINER)
                .or(() -> known(first.machineNames(), Evidence.EHLO_NAME, known -> known != Known.STRAINER))
                .or(() -> known(List.of(mxHost), Evidence.MX_DOMAIN, known -> true))
                .orElseGet(() -> {
                    String[] labels = mxHost.split("\\.");
                    String owner = labels[labels.length - 2] + "." + labels[labels.length - 1];
                    String name = owner.equals(domain.name()) ? "self-hosted" : owner;
                    return new ExpectedProvider(name, null, Evidence.MX_DOMAIN);
                });
    }

    private static Optional<ExpectedProvider> known(List<String> names, Evidence evidence, Predicate<Known> toldByIt) {
        return Stream.of(Known.values())
                .filter(toldByIt)
                .filter(known -> names.stream().anyMatch(known::owns))
                .map(known -> known.by(evidence))
                .findFirst();
    }
}
