package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsaStatus;

class ConsensusTest {
    private static final Instant NOON = Facts.PROBED_AT;

    @ParameterizedTest
    @EnumSource(value = Outcome.class, mode = EnumSource.Mode.EXCLUDE, names = "TLS_OK")
    void whoCompletedAHandshakeKnowsTheServerBest(Outcome other) {
        Observation merged = Consensus.merge(List.of(from("bergen", other), from("oslo", Outcome.TLS_OK)));

        assertThat(merged.vantage()).isEqualTo("consensus");
        assertThat(merged.vantages()).contains("bergen", "oslo");
        assertThat(DomainJudge.judge(merged).level()).isEqualTo(Level.AUTHENTICABLE);
    }

    @Test
    void theUnknownYieldToWhatIsKnown() {
        assertThat(level(Outcome.SKIPPED, Outcome.NOT_OFFERED)).isEqualTo(Level.PLAINTEXT);
        assertThat(level(Outcome.UNREACHABLE, Outcome.STRIP_SUSPECT)).isEqualTo(Level.UNKNOWN);
        assertThat(level(Outcome.NOT_OFFERED, Outcome.TLS_FAILED)).isEqualTo(Level.PLAINTEXT);
    }

    @Test
    void hostsAndAddressesOfAllAreJoined() {
        EndpointObservation second = new EndpointObservation(
                "192.0.2.2", Outcome.NOT_OFFERED, Reason.NONE, NOON, null, null, null, null, null);
        Observation bergen = Facts.observation(Facts.host("b.example.no", 20, second));
        Observation oslo = Facts.observation(
                Facts.host("b.example.no", 10, Facts.endpoint(Outcome.TLS_OK)),
                Facts.host("a.example.no", 10, Facts.endpoint(Outcome.TLS_OK)));

        Observation merged = merge(bergen, oslo);

        assertThat(merged.mxHosts())
                .extracting(MxHostObservation::host)
                .containsExactly("a.example.no", "b.example.no");
        assertThat(merged.mxHosts()).extracting(MxHostObservation::preference).containsExactly(10, 10);
        assertThat(merged.mxHosts().get(1).endpoints())
                .extracting(EndpointObservation::address)
                .containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void aLookupThatFailedYieldsToOneThatDidNot() {
        Observation merged = Consensus.merge(List.of(
                Facts.from("bergen", NOON.plusSeconds(9), Facts.observation(MailDns.ERROR, "SERVFAIL")),
                Facts.from("oslo", NOON, Facts.observation(MailDns.NULL_MX, null))));

        assertThat(merged.dns()).isEqualTo(MailDns.NULL_MX);
        assertThat(merged.dnsDetail()).isNull();
        assertThat(merged.observedAt()).as("when the last of them was").isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void aHostThatOnePlaceCouldNotLookUpIsKnownFromTheOther() {
        Observation merged = merge(
                Facts.observation(Facts.withoutAddress("mx.example.no", AddressStatus.ERROR)),
                Facts.observation(Facts.host(Outcome.TLS_OK)));

        assertThat(merged.mxHosts())
                .singleElement()
                .satisfies(host -> assertThat(host.addresses()).isEqualTo(AddressStatus.FOUND));
    }

    @Test
    void daneAndPolicyAreThoseOfWhoCouldLookThemUp() {
        MtaStsFinding policy =
                new MtaStsFinding(MtaStsFinding.Status.POLICY, "1", "testing", List.of("mx.example.no"), 86400);
        Observation blind = Facts.observation(
                DnssecState.NOT_MEASURED,
                new MtaStsFinding(MtaStsFinding.Status.POLICY_UNREACHABLE, "1", null, null, 0),
                Facts.host("mx.example.no", 10, TlsaStatus.ERROR, Facts.endpoint(Outcome.TLS_OK)));
        Observation seeing = Facts.observation(
                DnssecState.SECURE,
                policy,
                Facts.host(
                        "mx.example.no",
                        10,
                        TlsaStatus.SECURE_USABLE,
                        Facts.secure(Facts.TLS_1_3, Facts.certificate(), DaneMatch.MATCH)));

        DomainVerdict verdict = DomainJudge.judge(merge(blind, seeing));

        assertThat(verdict.dane()).isEqualTo(DaneState.VALID);
        assertThat(verdict.mtaSts()).isEqualTo(MtaStsState.TESTING);
        assertThat(verdict.level()).isEqualTo(Level.ENFORCED);
    }

    @Test
    void ofTwoCertificatesTheSounderOneIsTheServers() {
        Observation merged = merge(
                Facts.observation(Facts.host(
                        "mx.example.no",
                        10,
                        Facts.secure(new Facts.Certificate().selfSigned().facts()))),
                Facts.observation(Facts.host(Outcome.TLS_OK)));

        assertThat(DomainJudge.judge(merged).certificateClass()).isEqualTo(CertificateClass.VALID);
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyOrderHoldsEveryWordOnce(List<? extends Enum<?>> order) {
        assertThat(order)
                .doesNotHaveDuplicates()
                .hasSize(order.get(0).getDeclaringClass().getEnumConstants().length);
    }

    static Stream<List<? extends Enum<?>>> orders() {
        return Stream.of(
                Consensus.DNS,
                Consensus.DNSSEC,
                Consensus.MTA_STS,
                Consensus.ADDRESSES,
                Consensus.TLSA,
                Consensus.OUTCOMES,
                Consensus.DANE);
    }

    @Property
    void theOrderOfArrivalDoesNotMatter(@ForAll("places") List<Observation> seen, @ForAll long seed) {
        List<Observation> shuffled = new ArrayList<>(seen);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(Consensus.merge(shuffled)).isEqualTo(Consensus.merge(seen));
    }

    /** So the consensus of one place is the place's own verdict. */
    @Property
    void whatAllSeeAlikeIsWhatTheySee(@ForAll("places") List<Observation> seen) {
        Observation one = Consensus.merge(seen); // no host and no address twice
        List<Observation> alike = Stream.of("bergen", "oslo", "tromso")
                .map(place -> Facts.from(place, one.observedAt(), one))
                .toList();

        Observation merged = Consensus.merge(alike);

        assertThat(merged.mxHosts()).isEqualTo(one.mxHosts());
        assertThat(Facts.from("here", one.observedAt(), merged)).isEqualTo(Facts.from("here", one.observedAt(), one));
    }

    @Property
    void noServerIsKnownWorseThanFromAnyPlaceThatAskedIt(@ForAll("places") List<Observation> seen) {
        Observation merged = Consensus.merge(seen);

        for (Observation from : seen) {
            if (from.dns() != merged.dns()) {
                continue;
            }
            for (MxHostObservation host : from.mxHosts()) {
                for (EndpointObservation endpoint : host.endpoints()) {
                    assertThat(merged.mxHosts())
                            .filteredOn(joined -> joined.host().equals(host.host()))
                            .singleElement()
                            .satisfies(joined -> assertThat(joined.endpoints())
                                    .filteredOn(best -> best.address().equals(endpoint.address()))
                                    .singleElement()
                                    .satisfies(best ->
                                            assertThat(best.outcome()).isLessThanOrEqualTo(endpoint.outcome())));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Observation>> places() {
        return AnyObservation.fromSeveralPlaces();
    }

    private static Observation from(String vantage, Outcome outcome) {
        return Facts.from(vantage, NOON, Facts.observation(Facts.host(outcome)));
    }

    private static Level level(Outcome bergen, Outcome oslo) {
        return DomainJudge.judge(Consensus.merge(List.of(from("bergen", bergen), from("oslo", oslo))))
                .level();
    }

    private static Observation merge(Observation bergen, Observation oslo) {
        return Consensus.merge(List.of(Facts.from("bergen", NOON, bergen), Facts.from("oslo", NOON, oslo)));
    }
}
