package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.observation.Observation;

/**
 * An observation of a survey that is asked from several vantage points: it is to be judged together with the others'.
 *
 * @param place where it lies
 * @param late a clock record that closes its survey lies before it
 * @param json the observation as it lies on the topic
 */
public record Sighting(
        String survey, String domain, String vantage, Rank rank, String place, boolean late, byte[] json) {
    public static final OutputTag<Sighting> TAG = new OutputTag<>("sightings", TypeInformation.of(Sighting.class));

    static Sighting of(Observation seen, Rank rank, RawRecord record, boolean late) {
        return new Sighting(seen.survey(), seen.domain(), seen.vantage(), rank, record.place(), late, record.value());
    }
}
