package org.mailpulse.model.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcInstantsTest {
    private static final ObjectMapper JACKSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final ObjectMapper OURS = JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(Instant.class, new UtcInstants()))
            .build();

    @Property
    void whatIsWrittenIsReadAgain(
            @ForAll @LongRange(min = -99_999_999_999L, max = 99_999_999_999L) long second,
            @ForAll @IntRange(max = 999_999_999) int nano)
            throws JsonProcessingException {
        Instant time = Instant.ofEpochSecond(second, nano);

        assertThat(OURS.readValue("\"" + time + "\"", Instant.class)).isEqualTo(time);
    }

    @Property
    void aDateIsReadAsJacksonReadsIt(
            @ForAll @IntRange(max = 13) int month,
            @ForAll @IntRange(max = 32) int day,
            @ForAll @IntRange(max = 24) int hour,
            @ForAll @IntRange(max = 60) int minute,
            @ForAll @IntRange(min = 2023, max = 2025) int year) {
        String text = "%04d-%02d-%02dT%02d:%02d:59.5Z".formatted(year, month, day, hour, minute);

        assertThat(read(OURS, text)).isEqualTo(read(JACKSON, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24T08:15:30Z",
                "2026-11-24T08:15:30.1Z",
                "2026-11-24T08:15:30.123456789Z",
                "2026-11-24T08:15:30.1234567890Z",
                "2026-11-24T08:15:30.Z",
                "2026-11-24T08:15:30,5Z",
                "2026-11-24T08:15:30.-1Z",
                "2026-11-24T08:15:3oZ",
                "2026-11-24T08:15:30z",
                "2026-11-24t08:15:30Z",
                "2026-11-24T08:15:30",
                "2026-11-24T08:15Z",
                "2026-11-24T09:15:30+01:00",
                "2026-11-24T08:15:30+0000",
                "2026-11-24T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "+12026-11-24T08:15:30Z",
                " 2026-11-24T08:15:30Z",
                "",
                "1700000000",
                "yesterday"
            })
    void anyTextIsReadAsJacksonReadsIt(String text) {
        assertThat(read(OURS, text)).isEqualTo(read(JACKSON, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1700000000", "1700000000.5", "null"})
    void numbersAreLeftToJackson(String json) throws JsonProcessingException {
        assertThat(OURS.readValue(json, Instant.class)).isEqualTo(JACKSON.readValue(json, Instant.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-24T25:00:00Z"})
    void whatIsNoMomentIsRefused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class)
                .isThrownBy(() -> OURS.readValue("\"" + text + "\"", Instant.class));
    }

    /** Null where it is refused. */
    private static Instant read(ObjectMapper mapper, String text) {
        try {
            return mapper.readValue("\"" + text + "\"", Instant.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
