package org.mailpulse.model.verdict;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;

/**
 * One place is offered STARTTLS, another is not, at the same MX host and address in the same survey: then something on the
 * way to the other has probably removed it, and the other knows nothing of the server; docs/methodology.md, section 8.
 * Whoever did not get to the capability list, or was in quarantine, speaks neither way.
 */
public final class StripSuspects {
    private record Place(String mxHost, String address) {}

    private StripSuspects() {}

    /**
     * @param seen of one domain in one survey, one per vantage point
     * @return the same in the same order, with what is not believed marked
     */
    static List<Observation> mark(List<Observation> seen) {
        Set<Place> offered = new HashSet<>();
        for (Observation from : seen) {
            for (MxHostObservation host : from.mxHosts()) {
                for (EndpointObservation endpoint : host.endpoints()) {
                    if (isOffer(endpoint.outcome())) {
                        offered.add(new Place(host.host(), endpoint.address()));
                    }
                }
            }
        }
        return offered.isEmpty()
                ? seen
                : seen.stream().map(from -> mark(from, offered)).toList();
    }

    /**
     * @param seen of one endpoint in one survey, one per vantage point
     * @return the same in the same order, with what is not believed marked
     */
    public static List<HostVerdict> markHosts(Collection<HostVerdict> seen) {
        boolean offered = seen.stream().anyMatch(host -> isOffer(host.outcome()));
        return seen.stream()
                .map(host -> offered && host.outcome() == Outcome.NOT_OFFERED ? host.suspectedStripped() : host)
                .toList();
    }

    private static Observation mark(Observation seen, Set<Place> offered) {
        return seen.withMxHosts(
                seen.mxHosts().stream().map(host -> mark(host, offered)).toList());
    }

    private static MxHostObservation mark(MxHostObservation host, Set<Place> offered) {
        return host.withEndpoints(host.endpoints().stream()
                .map(endpoint -> endpoint.outcome() == Outcome.NOT_OFFERED
                                && offered.contains(new Place(host.host(), endpoint.address()))
                        ? endpoint.suspectedStripped()
                        : endpoint)
                .toList());
    }

    private static boolean isOffer(Outcome outcome) {
        return outcome == Outcome.TLS_OK || outcome == Outcome.TLS_FAILED;
    }
}
