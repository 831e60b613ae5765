package org.mailpulse.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.Schema;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.ChainCertificate;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.Handshake;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.LegacyFacts;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.Timings;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Clock;
import org.mailpulse.model.survey.Target;
import org.mailpulse.model.verdict.DomainJudge;

class WireTest {
    private static final ObjectMapper PLAIN = new ObjectMapper();

    private static final Target TARGET = new Target(
            Schema.RECORDS,
            Facts.SURVEY,
            7,
            "example.no",
            List.of("gov", "top"),
            "Ministry of Tests",
            "ministry",
            "no");

    private static final Observation OBSERVATION = Facts.reporting(
            Facts.observation(
                    DnssecState.SECURE,
                    new MtaStsFinding(
                            MtaStsFinding.Status.POLICY, "20261124", "enforce", List.of("*.example.no"), 604800),
                    Facts.host(
                            "mx.example.no",
                            10,
                            TlsaStatus.SECURE_USABLE,
                            new EndpointObservation(
                                    "192.0.2.1",
                                    Outcome.TLS_OK,
                                    Reason.NONE,
                                    Facts.PROBED_AT,
                                    Facts.TLS_1_3,
                                    Facts.certificate(),
                                    DaneMatch.MATCH,
                                    "mail.example.no",
                                    false),
                            Facts.blocked()),
                    Facts.withoutAddress("gone.example.no", AddressStatus.NXDOMAIN)),
            new TlsRptFinding(TlsRptFinding.State.PRESENT, List.of("mailto:tls@example.no")));

    private static final Handshake HANDSHAKE = handshake("mx.example.no ESMTP æ\u0001");

    // ---- the published form: another program may read it

    @Test
    void aTargetIsWrittenAsPublished() throws Exception {
        assertThat(PLAIN.readTree(Wire.write(TARGET))).isEqualTo(PLAIN.readTree(golden("target")));
        assertThat(Wire.readTarget(golden("target"))).isEqualTo(TARGET);
    }

    @Test
    void aClockIsWrittenAsPublished() throws Exception {
        Clock clock = Clock.closing(Facts.SURVEY, Facts.PROBED_AT);
        assertThat(PLAIN.readTree(Wire.write(clock))).isEqualTo(PLAIN.readTree(golden("clock")));
        assertThat(Wire.readClock(golden("clock"))).isEqualTo(clock);
    }

    @Test
    void anObservationIsWrittenAsPublished() throws Exception {
        assertThat(PLAIN.readTree(Wire.write(OBSERVATION))).isEqualTo(PLAIN.readTree(golden("observation")));
        assertThat(Wire.readObservation(golden("observation"))).isEqualTo(OBSERVATION);
    }

    @Test
    void aHandshakeIsWrittenAsPublished() throws Exception {
        assertThat(PLAIN.readTree(Wire.write(HANDSHAKE))).isEqualTo(PLAIN.readTree(golden("handshake")));
        assertThat(Wire.readHandshake(golden("handshake"))).isEqualTo(HANDSHAKE);
    }

    @Property(tries = 300)
    void everyObservationComesBackAsItWasAndIsJudgedAlike(@ForAll("observations") Observation seen)
            throws BadRecordException {
        Observation back = Wire.readObservation(Wire.write(seen));

        assertThat(back).isEqualTo(seen);
        assertThat(DomainJudge.judge(back)).isEqualTo(DomainJudge.judge(seen));
    }

    @Property(tries = 300)
    void anyBannerComesBackAsItWas(@ForAll String banner) throws BadRecordException {
        assertThat(Wire.readHandshake(Wire.write(handshake(banner))).banner()).isEqualTo(banner);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut off \uD83D", "\uD83D in front", "\uDE00", "in \uD83D between"})
    void halfACharacterOfATruncatedTextStopsNeitherWriterNorReader(String half) throws Exception {
        assertThat(Wire.readHandshake(Wire.write(handshake(half))).banner()).isEqualTo(half);
    }

    // ---- what comes from elsewhere

    @Test
    void fieldsOfANewerWriterArePassedOver() throws Exception {
        String newer =
                text("target").replace("\"schema\": 1", "\"schema\": 2, \"mood\": {\"a\": [1, {}]}, \"x\": null");

        assertThat(Wire.readTarget(newer.getBytes(UTF_8)).domain()).isEqualTo("example.no");
    }

    @Test
    void fieldsThatAnOlderWriterDidNotKnowHaveTheirDefaults() throws Exception {
        Observation old = Wire.readObservation(
                "{\"schema\":1,\"survey\":\"2026-11\",\"vantage\":\"v\",\"seq\":1,\"domain\":\"a.no\",\"observedAt\":\"2026-11-24T10:00:00Z\",\"dns\":\"MX\",\"mxHosts\":[{\"host\":\"mx.a.no\",\"preference\":1,\"addresses\":\"FOUND\",\"endpoints\":[{\"address\":\"192.0.2.1\",\"outcome\":\"NOT_OFFERED\"}]}]}"
                        .getBytes(UTF_8));

        assertThat(old.populations()).isEmpty();
        assertThat(old.mtaSts()).isEqualTo(MtaStsFinding.NOT_MEASURED);
        assertThat(old.mxHosts().get(0).tlsa()).isEqualTo(TlsaStatus.NOT_MEASURED);
        assertThat(old.mxHosts().get(0).endpoints().get(0).reason()).isEqualTo(Reason.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "true",
                "7",
                "\"text\"",
                "[]",
                "{}",
                "{\"survey\":\"2026-11\"}",
                "{\"schema\":1,",
                "{'schema':1}",
                "not json",
                "\u0000\u0001\u0002",
                "{\"schema\":1,\"survey\":\"soon\",\"seq\":0,\"domain\":\"a.no\"}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":-1,\"domain\":\"a.no\"}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":99999999999999999999,\"domain\":\"a.no\"}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":{},\"domain\":\"a.no\"}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":1,\"domain\":\"\"}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":1,\"domain\":\"a.no\",\"populations\":[null]}",
                "{\"schema\":1,\"survey\":\"2026-11\",\"seq\":1,\"domain\":\"a.no\"}{}"
            })
    void whatIsNotATargetIsABadRecord(String json) {
        assertBad(() -> Wire.readTarget(json.getBytes(UTF_8)), "target");
    }

    @Test
    void whatIsNotAnObservationIsABadRecord() throws Exception {
        String good = text("observation");
        for (String bad : List.of(
                good.replace("\"TLS_OK\"", "\"FINE\""),
                good.replace("\"MX\"", "\"mx\""),
                good.replace("2026-11-24T10:00:00Z", "yesterday"),
                good.replace("\"notAfter\": \"2027-01-23T10:00:00Z\"", "\"notAfter\": null"),
                good.replace("\"addresses\": \"FOUND\",", ""),
                good.replace("\"vantage\": \"oslo\",", ""),
                good.replace("\"endpoints\": []", "\"endpoints\": [null]"),
                good.substring(0, good.length() / 2))) {
            assertThat(bad).isNotEqualTo(good);
            assertBad(() -> Wire.readObservation(bad.getBytes(UTF_8)), "observation");
        }
    }

    @Test
    void noBytesAreABadRecord() {
        assertBad(() -> Wire.readTarget(null), "target");
        assertBad(() -> Wire.readClock(null), "clock");
        assertBad(() -> Wire.readObservation(null), "observation");
        assertBad(() -> Wire.readHandshake(null), "handshake");
    }

    @Test
    void deepAndHugeRecordsAreBadRecords() {
        assertBad(() -> Wire.readTarget(("{\"x\":" + "[".repeat(100_000)).getBytes(UTF_8)), "target");
        assertBad(() -> Wire.readObservation("{\"x\":".repeat(100_000).getBytes(UTF_8)), "observation");
        String huge = text("target").replace("example.no", "a".repeat(1_000_000));
        assertBad(() -> Wire.readTarget(huge.getBytes(UTF_8)), "target");
        String number = text("target").replace("\"seq\": 7", "\"seq\": " + "9".repeat(100_000));
        assertBad(() -> Wire.readTarget(number.getBytes(UTF_8)), "target");
    }

    @Test
    void theMessageOfABadRecordIsOneShortLine() {
        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(() -> Wire.readTarget(
                        ("{\"schema\": 1,\n \"seq\": \"" + "x\\n".repeat(5000) + "\"}").getBytes(UTF_8)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500).doesNotContain("\n"));
    }

    // ---- the survey alone

    @Test
    void theSurveyIsFoundWhereverItStands() {
        assertThat(Wire.surveyOf(Wire.write(OBSERVATION))).isEqualTo("2026-11");
        assertThat(Wire.surveyOf(Wire.write(HANDSHAKE))).isEqualTo("2026-11");
        assertThat(Wire.surveyOf("{\"a\":{\"survey\":\"no\"},\"b\":[1],\"survey\":\"2026-11\"}".getBytes(UTF_8)))
                .isEqualTo("2026-11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"survey\":5}",
                "{\"survey\":",
                "{\"a\":{",
                "\u0000",
                "{\"closes\":\"2026-11\"}"
            })
    void aRecordThatNamesNoSurveyHasNone(String json) {
        assertThat(Wire.surveyOf(json.getBytes(UTF_8))).isNull();
        assertThat(Wire.surveyOf(null)).isNull();
    }

    @Provide
    Arbitrary<Observation> observations() {
        return AnyObservation.arbitrary();
    }

    private interface Reading {
        void read() throws BadRecordException;
    }

    private static void assertBad(Reading reading, String what) {
        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(reading::read)
                .satisfies(e -> assertThat(e.getMessage()).contains(what + " record"));
    }

    private static byte[] golden(String name) {
        return text(name).getBytes(UTF_8);
    }

    private static String text(String name) {
        try (InputStream file = WireTest.class.getResourceAsStream("/wire/" + name + ".json")) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Handshake handshake(String banner) {
        return new Handshake(
                Schema.RECORDS,
                Facts.SURVEY,
                Facts.VANTAGE,
                "mx.example.no",
                "192.0.2.1",
                Facts.PROBED_AT,
                2,
                Outcome.TLS_FAILED,
                Reason.HANDSHAKE_ALERT,
                "handshake_failure",
                banner,
                "mx.example.no",
                List.of("SIZE 1000", "STARTTLS"),
                List.of(),
                true,
                null,
                null,
                List.of(new ChainCertificate(
                        "CN=Test CA,O=Trustworthy",
                        "CN=Root",
                        Facts.certificate().notAfter(),
                        Facts.certificate().sha256())),
                new Timings(12, 300, 310, -1, 340),
                new TlsAlert(40, TlsAlert.Side.SERVER),
                new LegacyFacts(
                        TlsVersion.TLS_1_0,
                        "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA",
                        null,
                        KeyExchange.DHE,
                        1024,
                        Facts.certificate()),
                true,
                new LegacyFacts(TlsVersion.TLS_1_1, "TLS_RSA_WITH_AES_128_CBC_SHA", null, KeyExchange.RSA, 0, null));
    }
}
