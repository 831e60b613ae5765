package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.rollup.HostMetric.*;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.mailpulse.model.AnyObservation;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.MxHostVerdict;

class HostMetricTest {
    @Test
    void aSoundHostIsCountedWhereItBelongs() {
        assertThat(metrics(Facts.host(Outcome.TLS_OK)))
                .containsExactly(
                        MX_HOSTS, HOSTS_YES, CERTIFICATE_VALID, TLS_1_3, KEY_EXCHANGE_HYBRID_PQ, FORWARD_SECRECY);
    }

    @Test
    void aHostThatProtectsAtOneAddressAndBreaksAtAnotherIsMixedAndBroken() {
        assertThat(metrics(Facts.host(Outcome.TLS_OK, Outcome.TLS_FAILED)))
                .contains(HOSTS_MIXED, HOSTS_BROKEN)
                .doesNotContain(HOSTS_YES, HOSTS_NO);
    }

    @Test
    void aHostThatNobodyReachedIsUnknownAndNothingElse() {
        assertThat(metrics(Facts.host(Outcome.UNREACHABLE))).containsExactly(MX_HOSTS, HOSTS_UNKNOWN);
    }

    @Test
    void theWorstAddressCountsAndEveryFaultIsCounted() {
        MxHostObservation host = Facts.host(
                "mx.example.no",
                10,
                Facts.secure(new Facts.Certificate().expired().facts()),
                Facts.secure(new Facts.Certificate().selfSigned().facts()));

        assertThat(metrics(host))
                .contains(CERTIFICATE_EXPIRED, FLAG_EXPIRED, FLAG_SELF_SIGNED)
                .doesNotContain(CERTIFICATE_SELF_SIGNED, CERTIFICATE_VALID);
    }

    @Property
    void everyHostIsInJustOneState(@ForAll("observations") Observation seen) {
        for (MxHostObservation host : seen.mxHosts()) {
            List<HostMetric> metrics = metrics(host);

            assertThat(metrics).contains(MX_HOSTS);
            assertThat(metrics)
                    .filteredOn(List.of(HOSTS_YES, HOSTS_NO, HOSTS_MIXED, HOSTS_UNKNOWN)::contains)
                    .hasSize(1);
            assertThat(metrics.contains(HOSTS_BROKEN) && metrics.contains(HOSTS_YES))
                    .isFalse();
        }
    }

    @Provide
    Arbitrary<Observation> observations() {
        return AnyObservation.arbitrary();
    }

    private static List<HostMetric> metrics(MxHostObservation host) {
        MetricSet set = MetricSet.of(MxHostVerdict.judge(host));
        return Stream.of(HostMetric.values()).filter(set::contains).toList();
    }
}
