package org.mailpulse.probe;

import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.probe.policy.DaneEvidence;

/** What is known of an MX host at one address, for all the domains that point there. */
record Endpoint(EndpointObservation seen, DaneEvidence dane) {

    /** Nothing was learned of it, for a reason that passes. */
    boolean isToBeAskedAgain() {
        return seen.reason() == Reason.VANTAGE_QUARANTINED || seen.reason() == Reason.BACKED_OFF;
    }

    EndpointObservation towards(String domain) {
        return new EndpointObservation(
                seen.address(),
                seen.outcome(),
                seen.reason(),
                seen.probedAt(),
                seen.tls(),
                seen.certificate(),
                dane.towards(domain),
                seen.ehloName(),
                seen.legacyOnly());
    }
}
