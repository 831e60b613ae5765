package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;

class DomainStatusTest {
    private static final MxHostObservation PUBLIC = Facts.host(Outcome.NOT_OFFERED);
    private static final MxHostObservation PRIVATE = Facts.host("in.example.no", 10, Facts.blocked(), Facts.blocked());
    private static final MxHostObservation LOCALHOST = Facts.withoutAddress("localhost", AddressStatus.LOCALHOST);
    private static final MxHostObservation GONE = Facts.withoutAddress("gone.example.no", AddressStatus.NXDOMAIN);
    private static final MxHostObservation EMPTY = Facts.withoutAddress("empty.example.no", AddressStatus.NO_ADDRESS);
    private static final MxHostObservation FAILED = Facts.withoutAddress("failed.example.no", AddressStatus.ERROR);
    private static final MxHostObservation NOT_ASKED = Facts.withoutAddress("z.example.no", AddressStatus.NOT_ASKED);

    @ParameterizedTest
    @CsvSource({
        "NXDOMAIN, NXDOMAIN, false",
        "NULL_MX, NULL_MX, false",
        "NO_ADDRESS, NO_ADDRESS, false",
        "ERROR, DNS_ERROR, true",
        "NOT_OBSERVED, DNS_ERROR, true"
    })
    void isWhatDnsSaysOfTheDomain(MailDns dns, DomainStatus status, boolean eligible) {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(dns, null));

        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.isEligible()).isEqualTo(eligible);
        assertThat(verdict.provider()).isEmpty();
        assertThat(verdict.tlsVersion()).isNull();
        assertThat(verdict.dane()).isEqualTo(DaneState.NOT_MEASURED);
        assertThat(verdict.mtaSts()).isEqualTo(MtaStsState.NOT_MEASURED);
    }

    static Stream<Arguments> mxHosts() {
        return Stream.of(
                hosts(DomainStatus.OK, PUBLIC),
                hosts(DomainStatus.OK, GONE, FAILED, PRIVATE, PUBLIC),
                hosts(DomainStatus.LOCAL_ONLY, PRIVATE),
                hosts(DomainStatus.LOCAL_ONLY, LOCALHOST),
                hosts(DomainStatus.LOCAL_ONLY, LOCALHOST, PRIVATE, GONE),
                hosts(DomainStatus.NO_ADDRESS, GONE),
                hosts(DomainStatus.NO_ADDRESS, GONE, EMPTY),
                hosts(DomainStatus.NO_ADDRESS),
                hosts(DomainStatus.DNS_ERROR, FAILED),
                hosts(DomainStatus.DNS_ERROR, GONE, FAILED),
                hosts(DomainStatus.DNS_ERROR, LOCALHOST, FAILED),
                hosts(DomainStatus.DNS_ERROR, GONE, NOT_ASKED));
    }

    @ParameterizedTest
    @MethodSource("mxHosts")
    void isToldByTheMxHostsWhereThereAreSome(MxHostObservation[] hosts, DomainStatus status) {
        assertThat(DomainJudge.judge(Facts.observation(hosts)).status()).isEqualTo(status);
    }

    @Test
    void aHostWithOnePublicAddressIsPublic() {
        EndpointObservation optedOut = EndpointObservation.skipped("192.0.2.9", Reason.OPTED_OUT);
        DomainVerdict verdict =
                DomainJudge.judge(Facts.observation(Facts.host("mx.example.no", 10, Facts.blocked(), optedOut)));

        assertThat(verdict.status()).isEqualTo(DomainStatus.OK);
        assertThat(verdict.adoption()).isEqualTo(Adoption.UNKNOWN);
    }

    @Test
    void aPrivateAddressThatWasProbedIsAnAddressLikeAnyOther() {
        EndpointObservation probed = new EndpointObservation(
                "10.0.0.1", Outcome.NOT_OFFERED, Reason.NONE, Facts.PROBED_AT, null, null, null, null, null);

        DomainVerdict verdict = DomainJudge.judge(Facts.observation(Facts.host("mx.example.no", 10, probed)));

        assertThat(verdict.status()).isEqualTo(DomainStatus.OK);
        assertThat(verdict.adoption()).isEqualTo(Adoption.NONE);
    }

    @Test
    void whoIsNotEligibleHasNeitherAdoptionNorLevel() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(LOCALHOST, PRIVATE));

        assertThat(verdict.adoption()).isNull();
        assertThat(verdict.preferredAdoption()).isNull();
        assertThat(verdict.level()).isNull();
        assertThat(verdict.mxHosts()).isEqualTo(2);
        assertThat(verdict.mxUnknown()).isEqualTo(2);
    }

    @Test
    void aDnsErrorIsEligibleAndUnknown() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(FAILED));

        assertThat(verdict.adoption()).isEqualTo(Adoption.UNKNOWN);
        assertThat(verdict.preferredAdoption()).isEqualTo(Adoption.UNKNOWN);
        assertThat(verdict.level()).isEqualTo(Level.UNKNOWN);
        assertThat(verdict.allStrict()).isFalse();
    }

    @Test
    void theImplicitMxIsEligibleAndFlagged() {
        MxHostObservation itself = Facts.host("example.no", 0, Facts.endpoint(Outcome.TLS_OK));

        DomainVerdict implicit = DomainJudge.judge(Facts.observation(MailDns.IMPLICIT_MX, null, itself));

        assertThat(implicit.status()).isEqualTo(DomainStatus.OK);
        assertThat(implicit.implicitMx()).isTrue();
        assertThat(implicit.adoption()).isEqualTo(Adoption.ALL);
        assertThat(DomainJudge.judge(Facts.observation(itself)).implicitMx()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhatReceivesMailOrMayIsEligible(DomainStatus status) {
        boolean eligible = status == DomainStatus.OK || status == DomainStatus.DNS_ERROR;
        assertThat(status.isEligible()).isEqualTo(eligible);
    }

    private static Arguments hosts(DomainStatus status, MxHostObservation... hosts) {
        return Arguments.of(hosts, status);
    }
}
