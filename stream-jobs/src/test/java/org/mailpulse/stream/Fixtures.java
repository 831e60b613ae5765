package org.mailpulse.stream;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.wire.Topics;
import org.mailpulse.model.wire.Wire;
import org.mailpulse.stream.intake.JudgedDomain;
import org.mailpulse.stream.intake.JudgedHost;
import org.mailpulse.stream.intake.Rank;
import org.mailpulse.stream.intake.RawRecord;
import org.mailpulse.stream.intake.Sighting;

/** Records in the shapes that the operators take. */
public final class Fixtures {
    private Fixtures() {}

    public static List<Observation> observations(long seed, int count, int domains, String survey) {
        RandomSurvey random = new RandomSurvey(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> random.observation(survey, "oslo", i % domains))
                .toList();
    }

    public static JudgedDomain judged(Observation seen) {
        return judged(seen, null);
    }

    /** @param latePlace null if the survey is still open */
    public static JudgedDomain judged(Observation seen, String latePlace) {
        return JudgedDomain.of(seen, Method.PRESENT, Rank.of(seen.observedAt(), Wire.write(seen)), latePlace);
    }

    public static Sighting sighting(Observation seen) {
        return sighting(seen, false);
    }

    public static Sighting sighting(Observation seen, boolean late) {
        byte[] json = Wire.write(seen);
        Rank rank = Rank.of(seen.observedAt(), json);
        return new Sighting(seen.survey(), seen.domain(), seen.vantage(), rank, "t-0@9", late, json);
    }

    public static JudgedHost judged(Handshake seen) {
        return new JudgedHost(HostVerdict.judge(seen), Rank.of(seen.probedAt(), Wire.write(seen)));
    }

    public static RawRecord raw(Observation seen) {
        return new RawRecord(Topics.OBSERVATIONS, 0, 0, Wire.write(seen), false);
    }

    public static RawRecord raw(Handshake seen) {
        return new RawRecord(Topics.HANDSHAKES, 0, 0, Wire.write(seen), false);
    }

    public static RawRecord clock(String closes) {
        return new RawRecord(
                Topics.OBSERVATIONS, 0, 0, Wire.write(Clock.closing(closes, List.of(), Instant.EPOCH)), true);
    }
}
