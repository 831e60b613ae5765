package org.mailpulse.local.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Optional;
import org.mailpulse.simulator.SimulatorSettings;

/**
 * Which simulated internet a data folder holds surveys of. It is written into the folder, so that the surveys of a
 * simulation and those of the real Internet can never be mixed up.
 *
 * @param lastSurvey month of the last survey, e.g. {@code 2026-11}
 */
public record DemoWorld(int domains, int surveys, long seed, double hostile, String lastSurvey) {
    private static final String FILE = "simulated.json";
    private static final JsonMapper JSON = new JsonMapper();

    public static DemoWorld endingIn(YearMonth last, int domains, int surveys, long seed, double hostile) {
        return new DemoWorld(domains, surveys, seed, hostile, last.toString());
    }

    /** @throws IOException if the folder's note cannot be read */
    public static Optional<DemoWorld> of(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(Files.readString(file), DemoWorld.class));
        } catch (JsonProcessingException e) {
            throw new IOException(file + " does not say which simulation this folder holds: " + e.getOriginalMessage());
        }
    }

    public void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
    }

    /** The same but for the month that it ends in: a demo of last month is still that demo. */
    public boolean isLike(DemoWorld other) {
        return equals(new DemoWorld(other.domains, other.surveys, other.seed, other.hostile, lastSurvey));
    }

    /** @throws IllegalArgumentException if there is no such world */
    public SimulatorSettings simulator() {
        return SimulatorSettings.defaults()
                .withDomains(domains)
                .withSurveys(surveys)
                .withSeed(seed)
                .withHostile(hostile)
                .withLastSurvey(YearMonth.parse(lastSurvey));
    }
}
