package org.mailpulse.model.verdict;

import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;

/** Could a sender that checks certificates be sure of an MX host, at every address that answered? */
final class AuthenticationJudge {
    private AuthenticationJudge() {}

    static boolean authenticates(MxHostObservation host) {
        boolean any = false;
        for (EndpointObservation endpoint : host.endpoints()) {
            if (!endpoint.outcome().isDeterminate()) {
                continue;
            }
            if (!authenticates(endpoint)) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private static boolean authenticates(EndpointObservation endpoint) {
        return endpoint.outcome() == Outcome.TLS_OK
                && endpoint.certificate() != null
                && endpoint.probedAt() != null
                && CertificateJudge.authenticates(endpoint.certificate(), endpoint.probedAt());
    }
}
