package org.mailpulse.simulator.world;

import static org.mailpulse.simulator.world.Event.Kind.CERTIFICATE_EXPIRED;
import static org.mailpulse.simulator.world.Event.Kind.DANE_ENFORCED;
import static org.mailpulse.simulator.world.Event.Kind.FALLBACK;
import static org.mailpulse.simulator.world.Event.Kind.POST_QUANTUM;
import static org.mailpulse.simulator.world.Event.Kind.STARTTLS_ON;

import java.util.List;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;

/** What the named providers do from survey to survey. */
final class ProviderHistory {
    private final Story story;

    ProviderHistory(Story story) {
        this.story = story;
    }

    /** @param host ordinal of the MX host, 0 for the most preferred */
    ServerKind server(MailProvider provider, int host, int survey) {
        return switch (provider) {
            case QUORREL -> story.has(POST_QUANTUM, survey) ? ServerKind.TLS13_HYBRID : ServerKind.TLS13;
            case TAMBER -> story.has(STARTTLS_ON, survey) ? ServerKind.TLS13 : ServerKind.PLAIN;
            case PLOVER -> host < 4 + survey ? ServerKind.TLS12 : ServerKind.PLAIN;
            case ODDLING -> host == 0 && !story.has(FALLBACK, survey) ? ServerKind.TLS13 : ServerKind.PLAIN;
            case BRINDLE, STRAINER -> ServerKind.TLS12;
            case VASTIBULE, SIFTWALL, FENMAIL, STATEPOST -> ServerKind.TLS13;
        };
    }

    /** One wildcard for all MX hosts. */
    CertificatePlan certificate(MailProvider provider, int survey) {
        String parent = provider.layout() == MailProvider.Layout.TENANT ? "mx." + provider.domain() : provider.domain();
        return new CertificatePlan(
                certificateKind(provider, survey), provider == MailProvider.STRAINER, List.of("*." + parent, parent));
    }

    private CertificateKind certificateKind(MailProvider provider, int survey) {
        return switch (provider) {
            case BRINDLE -> CertificateKind.SELF_SIGNED;
            case VASTIBULE -> story.has(CERTIFICATE_EXPIRED, survey) ? CertificateKind.EXPIRED : CertificateKind.VALID;
            default -> CertificateKind.VALID;
        };
    }

    TlsaPlan tlsa(MailProvider provider, int survey) {
        return switch (provider) {
            case BRINDLE -> TlsaPlan.MATCHES;
            case FENMAIL, STATEPOST -> story.has(DANE_ENFORCED, survey) ? TlsaPlan.MATCHES : TlsaPlan.NONE;
            default -> TlsaPlan.NONE;
        };
    }
}
