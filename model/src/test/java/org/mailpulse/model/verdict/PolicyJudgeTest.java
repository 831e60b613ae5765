package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.TlsaStatus;

class PolicyJudgeTest {
    private static final EndpointObservation MATCH = dane(DaneMatch.MATCH);
    private static final EndpointObservation MISMATCH = dane(DaneMatch.MISMATCH);
    private static final EndpointObservation NOT_COMPARED = dane(DaneMatch.NOT_MEASURED);
    private static final EndpointObservation PLAIN = Facts.endpoint(Outcome.NOT_OFFERED);
    private static final EndpointObservation FAILED = Facts.endpoint(Outcome.TLS_FAILED);
    private static final EndpointObservation SILENT = Facts.endpoint(Outcome.UNREACHABLE);

    private static final MxHostObservation PINNED = host(TlsaStatus.SECURE_USABLE, MATCH);
    private static final MxHostObservation UNPINNED = host(TlsaStatus.ABSENT, NOT_COMPARED);

    static Stream<Arguments> pinned() {
        return Stream.of(
                dane(DaneState.VALID, PINNED),
                dane(DaneState.VALID, PINNED, PINNED),
                dane(DaneState.VALID, host(TlsaStatus.SECURE_USABLE, MATCH, SILENT)),
                dane(DaneState.PARTIAL, PINNED, UNPINNED),
                dane(DaneState.PARTIAL, PINNED, host(TlsaStatus.INSECURE, NOT_COMPARED)),
                dane(DaneState.PARTIAL, PINNED, host(TlsaStatus.SECURE_UNUSABLE, NOT_COMPARED)),
                dane(DaneState.NONE, UNPINNED),
                dane(DaneState.NONE, host(TlsaStatus.INSECURE, NOT_COMPARED)),
                dane(DaneState.NONE, host(TlsaStatus.SECURE_UNUSABLE, NOT_COMPARED)),
                dane(DaneState.BROKEN, host(TlsaStatus.SECURE_USABLE, MISMATCH)),
                dane(DaneState.BROKEN, host(TlsaStatus.SECURE_USABLE, MATCH, MISMATCH)),
                dane(DaneState.BROKEN, host(TlsaStatus.SECURE_USABLE, PLAIN)),
                dane(DaneState.BROKEN, host(TlsaStatus.SECURE_USABLE, FAILED)),
                dane(DaneState.BROKEN, host(TlsaStatus.ERROR, NOT_COMPARED)),
                dane(DaneState.BROKEN, PINNED, UNPINNED, host(TlsaStatus.SECURE_USABLE, MISMATCH)),
                dane(DaneState.NOT_MEASURED, host(TlsaStatus.NOT_MEASURED, NOT_COMPARED)),
                dane(DaneState.NOT_MEASURED, host(TlsaStatus.SECURE_USABLE, NOT_COMPARED)),
                dane(DaneState.NOT_MEASURED, PINNED, host(TlsaStatus.NOT_MEASURED, NOT_COMPARED)),
                dane(DaneState.NOT_MEASURED),
                // hosts that are unknown say nothing either way
                dane(DaneState.VALID, PINNED, host(TlsaStatus.ABSENT, SILENT)),
                dane(DaneState.VALID, PINNED, host(TlsaStatus.ERROR, SILENT)),
                dane(DaneState.NOT_MEASURED, host(TlsaStatus.SECURE_USABLE, SILENT)));
    }

    @ParameterizedTest
    @MethodSource("pinned")
    void daneOverASecureMxRrset(List<MxHostObservation> hosts, DaneState state) {
        assertThat(PolicyJudge.dane(DnssecState.SECURE, hosts)).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"INSECURE, NONE", "BOGUS, NOT_MEASURED", "NOT_MEASURED, NOT_MEASURED"})
    void daneNeedsASecureMxRrset(DnssecState mxSecure, DaneState state) {
        assertThat(PolicyJudge.dane(mxSecure, List.of(PINNED))).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_MEASURED, NOT_MEASURED",
        "DNS_ERROR, NOT_MEASURED",
        "ABSENT, NONE",
        "RECORD_INVALID, BROKEN",
        "POLICY_UNREACHABLE, BROKEN",
        "POLICY_INVALID, BROKEN"
    })
    void mtaStsWithoutAPolicyIsToldByItsStatus(MtaStsFinding.Status status, MtaStsState state) {
        MtaStsFinding finding = new MtaStsFinding(status, null, null, null, 0);
        assertThat(PolicyJudge.mtaSts(finding, List.of(PINNED))).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({
        "none, DISABLED",
        "testing, TESTING",
        "enforce, ENFORCE",
        "ENFORCE, BROKEN",
        "strict, BROKEN",
        ", BROKEN"
    })
    void mtaStsWithAPolicyIsToldByItsMode(String mode, MtaStsState state) {
        assertThat(PolicyJudge.mtaSts(policy(mode, "mx.example.no"), List.of(PINNED)))
                .isEqualTo(state);
    }

    @Test
    void mtaStsEnforcesOnlyWhatFitsAndAuthenticates() {
        MxHostObservation good = Facts.host("mx.example.no", 10, MATCH);
        MxHostObservation expired = Facts.host(
                "mx.example.no",
                10,
                Facts.secure(new Facts.Certificate().expired().facts()));
        MxHostObservation uncovered = Facts.host("mx.other.no", 20, MATCH);

        assertThat(enforced(good)).isEqualTo(MtaStsState.ENFORCE);
        assertThat(enforced(expired)).isEqualTo(MtaStsState.BROKEN);
        assertThat(enforced(good, uncovered)).isEqualTo(MtaStsState.BROKEN);
        assertThat(enforced(good, Facts.host("mx.example.no", 10, PLAIN))).isEqualTo(MtaStsState.BROKEN);
    }

    @Test
    void aHostThatIsUnknownMustFitThePolicyAllTheSame() {
        MxHostObservation good = Facts.host("mx.example.no", 10, MATCH);

        assertThat(enforced(good, Facts.host("mx.example.no", 20, SILENT))).isEqualTo(MtaStsState.ENFORCE);
        assertThat(enforced(good, Facts.host("mx.other.no", 20, SILENT))).isEqualTo(MtaStsState.BROKEN);
    }

    @Test
    void aPolicyWithoutPatternsFitsNobody() {
        assertThat(PolicyJudge.mtaSts(policy("enforce"), List.of(PINNED))).isEqualTo(MtaStsState.BROKEN);
    }

    @Test
    void aPolicyInTestingModeIsNotHeldAgainstTheHosts() {
        assertThat(PolicyJudge.mtaSts(policy("testing", "elsewhere.no"), List.of(Facts.host(Outcome.NOT_OFFERED))))
                .isEqualTo(MtaStsState.TESTING);
    }

    @ParameterizedTest
    @CsvSource({
        "mx.example.no, mx.example.no, true",
        "MX.Example.NO, mx.example.no, true",
        "*.example.no, mx.example.no, true",
        "*.example.no, a.b.example.no, false",
        "*.example.no, example.no, false",
        "*.example.no, .example.no, false",
        "mx*.example.no, mx1.example.no, false",
        "*, mx, false",
        "*.no, example.no, true",
        "mx.example.no, mx.example.no.evil.com, false",
        "'', mx.example.no, false"
    })
    void aPatternStandsForOneHostOrForOneLabel(String pattern, String host, boolean covers) {
        assertThat(PolicyJudge.covers(pattern, host)).isEqualTo(covers);
    }

    @Test
    void enforcementIsBrokenByEither() {
        MtaStsFinding unreachable = new MtaStsFinding(MtaStsFinding.Status.POLICY_UNREACHABLE, "1", null, null, 0);
        MxHostObservation mismatched = host(TlsaStatus.SECURE_USABLE, MISMATCH);

        assertThat(broken(DnssecState.SECURE, MtaStsFinding.NOT_MEASURED, mismatched))
                .isTrue();
        assertThat(broken(DnssecState.SECURE, unreachable, PINNED)).isTrue();
        assertThat(broken(DnssecState.SECURE, MtaStsFinding.NOT_MEASURED, PINNED))
                .isFalse();
        assertThat(broken(DnssecState.INSECURE, MtaStsFinding.NOT_MEASURED, mismatched))
                .isFalse();
    }

    private static boolean broken(DnssecState mxSecure, MtaStsFinding mtaSts, MxHostObservation... hosts) {
        return DomainJudge.judge(Facts.observation(mxSecure, mtaSts, hosts)).enforcementBroken();
    }

    private static MtaStsState enforced(MxHostObservation... hosts) {
        return PolicyJudge.mtaSts(policy("enforce", "mx.example.no"), List.of(hosts));
    }

    private static MtaStsFinding policy(String mode, String... patterns) {
        return new MtaStsFinding(MtaStsFinding.Status.POLICY, "20261124", mode, List.of(patterns), 604800);
    }

    private static EndpointObservation dane(DaneMatch match) {
        return Facts.secure(Facts.TLS_1_3, Facts.certificate(), match);
    }

    private static MxHostObservation host(TlsaStatus tlsa, EndpointObservation... endpoints) {
        return Facts.host("mx.example.no", 10, tlsa, endpoints);
    }

    private static Arguments dane(DaneState state, MxHostObservation... hosts) {
        return Arguments.of(List.of(hosts), state);
    }
}
