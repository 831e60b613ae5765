package org.mailpulse.model.verdict;

import java.util.Collection;
import org.mailpulse.model.observation.EndpointObservation;

/** An MX host over its probed addresses; docs/methodology.md, section 2. */
public enum HostState {
    YES,
    NO,
    /** Some determinate addresses protect, others do not. */
    MIXED,
    UNKNOWN;

    public boolean isDeterminate() {
        return this != UNKNOWN;
    }

    public static HostState of(Collection<EndpointObservation> endpoints) {
        boolean yes = false;
        boolean no = false;
        for (EndpointObservation endpoint : endpoints) {
            switch (endpoint.outcome().countsAs()) {
                case YES -> yes = true;
                case NO -> no = true;
                case UNKNOWN -> {}
            }
        }
        if (yes && no) {
            return MIXED;
        }
        if (yes) {
            return YES;
        }
        return no ? NO : UNKNOWN;
    }
}
