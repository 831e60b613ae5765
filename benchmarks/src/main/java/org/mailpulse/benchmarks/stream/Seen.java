package org.mailpulse.benchmarks.stream;

import org.mailpulse.model.observation.Observation;
import org.mailpulse.stream.intake.Rank;

/** The least that must be known of an observation to count each domain once. */
public record Seen(String survey, String vantage, String domain, Rank rank) {

    static Seen of(Observation observation, byte[] record) {
        return new Seen(
                observation.survey(),
                observation.vantage(),
                observation.domain(),
                Rank.of(observation.observedAt(), record));
    }
}
