package org.mailpulse.probe.tls;

import java.util.List;
import org.mailpulse.model.observation.LegacyFacts;

/**
 * What came of an offer of old versions and suites.
 *
 * @param taken whether the server chose something; false if it answered by an alert or hung up, null if it gave no answer
 *     that could be understood in time
 * @param chosen null unless taken is true
 * @param chain certificates that were sent along, DER, leaf first; bounded, may be empty
 */
public record OldAnswer(Boolean taken, LegacyFacts chosen, List<byte[]> chain) {
    static final OldAnswer UNKNOWN = new OldAnswer(null, null, List.of());
    static final OldAnswer REFUSED = new OldAnswer(false, null, List.of());

    public OldAnswer {
        chain = List.copyOf(chain);
    }
}
