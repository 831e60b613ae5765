package org.mailpulse.model.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.survey.VantageName;

/**
 * The one JSON codec. Field names are those of the records, times are ISO 8601 in UTC, what is null is left out.
 * Unknown fields are ignored, so that a reader of schema n understands n+1 as long as fields are only added.
 */
public final class Wire {
    /** No honest record comes near; a hostile one must not fill the memory. */
    private static final int MAX_STRING_CHARS = 256 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_STRING_CHARS)
                            .maxNestingDepth(32)
                            .build())
                    .build())
            .addModule(new JavaTimeModule().addDeserializer(Instant.class, new UtcInstants()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private static final ObjectWriter WRITER = MAPPER.writer();
    private static final ObjectReader TARGET = MAPPER.readerFor(Target.class);
    private static final ObjectReader CLOCK = MAPPER.readerFor(Clock.class);
    private static final ObjectReader OBSERVATION = MAPPER.readerFor(Observation.class);
    private static final ObjectReader HANDSHAKE = MAPPER.readerFor(Handshake.class);

    private Wire() {}

    public static byte[] write(Target target) {
        return bytes(target);
    }

    public static byte[] write(Clock clock) {
        return bytes(clock);
    }

    public static byte[] write(Observation observation) {
        return bytes(observation);
    }

    public static byte[] write(Handshake handshake) {
        return bytes(handshake);
    }

    public static Target readTarget(byte[] json) throws BadRecordException {
        return read(TARGET, json, "target");
    }

    public static Clock readClock(byte[] json) throws BadRecordException {
        return read(CLOCK, json, "clock");
    }

    public static Observation readObservation(byte[] json) throws BadRecordException {
        Observation seen = read(OBSERVATION, json, "observation");
        requirePlace(seen.vantage(), "observation");
        return seen;
    }

    public static Handshake readHandshake(byte[] json) throws BadRecordException {
        Handshake seen = read(HANDSHAKE, json, "handshake");
        requirePlace(seen.vantage(), "handshake");
        return seen;
    }

    /**
     * The survey that a record of any topic names, without decoding more than needed to find it: a reader that wants one
     * survey of many passes over the rest cheaply.
     *
     * @return null where the record names none
     */
    public static String surveyOf(byte[] json) {
        if (json == null) {
            return null;
        }
        try (JsonParser parser = MAPPER.getFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("survey");
                JsonToken value = parser.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] bytes(Object value) {
        try {
            return WRITER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of the model could not be written as JSON", e);
        }
    }

    private static <T> T read(ObjectReader reader, byte[] json, String what) throws BadRecordException {
        if (json == null) {
            throw new BadRecordException("empty " + what + " record", null);
        }
        try {
            T value = reader.readValue(json);
            if (value == null) {
                throw new BadRecordException("empty " + what + " record", null);
            }
            return value;
        } catch (IOException e) {
            throw new BadRecordException("not a " + what + " record: " + firstLine(e.getMessage()), e);
        }
    }

    /** The consensus is made of what others see, later. */
    private static void requirePlace(String vantage, String what) throws BadRecordException {
        if (vantage.equalsIgnoreCase(VantageName.CONSENSUS)) {
            throw new BadRecordException("not a " + what + " record: nobody looks from '" + vantage + "'", null);
        }
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
