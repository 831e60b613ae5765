package org.mailpulse.probe.canary;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.mailpulse.probe.canary.Sighting.Kind;

/**
 * One look at all canaries. The vantage point is ill only if none of them is well: any of them may be down for reasons
 * of its own.
 *
 * @param sightings at least one
 */
record Look(List<Sighting> sightings) {
    Look {
        sightings = List.copyOf(sightings);
        if (sightings.isEmpty()) {
            throw new IllegalArgumentException("a look at no canary tells nothing");
        }
    }

    boolean isWell() {
        return sightings.stream().anyMatch(Sighting::isWell);
    }

    /** What is the matter, in one sentence. */
    String diagnosis(String vantage, int port) {
        return "vantage point " + vantage
                + " is quarantined, nothing is recorded as a \"no\" until a canary is well again: "
                + matter(port) + " ("
                + sightings.stream()
                        .map(sighting -> sighting.host() + ": " + sighting.told())
                        .collect(joining(", "))
                + ")";
    }

    String recovery(String vantage) {
        return "quarantine of vantage point " + vantage + " is lifted: canary "
                + sightings.stream()
                        .filter(Sighting::isWell)
                        .findFirst()
                        .orElseThrow()
                        .host() + " is well again";
    }

    private String matter(int port) {
        if (has(Kind.STRIPPED)) {
            return "canaries that are known to offer STARTTLS do not give it to us, something on our own way seems to remove it";
        }
        if (has(Kind.REFUSED)) {
            return "every canary turns us away, our address may be on a block list";
        }
        return has(Kind.UNREACHABLE)
                ? "no canary can be reached, our network seems to block port " + port
                : "no canary has an address, our resolver seems to fail";
    }

    private boolean has(Kind kind) {
        return sightings.stream().anyMatch(sighting -> sighting.kind() == kind);
    }
}
