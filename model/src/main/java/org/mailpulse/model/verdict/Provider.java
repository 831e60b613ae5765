package org.mailpulse.model.verdict;

import java.util.Comparator;
import java.util.List;
import org.mailpulse.model.observation.MxHostObservation;

/**
 * Who runs the inbound mail of a domain; docs/methodology.md, section 6.
 *
 * @param name registrable domain of the provider, {@link #SELF_HOSTED}, or empty where the domain takes no mail
 * @param evidence what the name rests on
 */
public record Provider(String name, Evidence evidence) {
    /** The MX host lies in the domain's own registrable domain and nothing else tells otherwise. */
    public static final String SELF_HOSTED = "self-hosted";

    public enum Evidence {
        NONE,
        MX_DOMAIN
    }

    public static final Provider NOBODY = new Provider("", Evidence.NONE);

    /** The most preferred MX host decides; among equals the first by name, so that the answer is always the same. */
    static Provider of(String domain, List<MxHostObservation> hosts) {
        return hosts.stream()
                .min(Comparator.comparingInt(MxHostObservation::preference).thenComparing(MxHostObservation::host))
                .map(host -> of(domain, host.host()))
                .orElse(NOBODY);
    }

    private static Provider of(String domain, String mxHost) {
        String owner = DomainNames.registrable(mxHost);
        boolean own = owner.equals(DomainNames.registrable(domain));
        return new Provider(own ? SELF_HOSTED : owner, Evidence.MX_DOMAIN);
    }
}
