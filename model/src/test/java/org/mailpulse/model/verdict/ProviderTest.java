package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;

class ProviderTest {
    private static final EndpointObservation PLAIN = Facts.endpoint(Outcome.NOT_OFFERED);

    @ParameterizedTest
    @CsvSource({
        "example.no, mx1.hoster.com, hoster.com",
        "example.no, tenant-7.mail.hoster.co.uk, hoster.co.uk",
        "example.no, mx.example.no, self-hosted",
        "example.no, example.no, self-hosted",
        "mail.example.no, mx.example.no, self-hosted",
        "oslo.kommune.no, mx.oslo.kommune.no, self-hosted",
        "oslo.kommune.no, mx.bergen.kommune.no, bergen.kommune.no",
        "a.co.uk, mx.b.co.uk, b.co.uk"
    })
    void isTheRegistrableDomainOfTheMxHost(String domain, String mxHost, String provider) {
        DomainVerdict verdict = DomainJudge.judge(Facts.of(domain, Facts.host(mxHost, 10, PLAIN)));

        assertThat(verdict.provider()).isEqualTo(provider);
        assertThat(verdict.providerEvidence()).isEqualTo(Provider.Evidence.MX_DOMAIN);
    }

    @Test
    void isToldByTheMostPreferredMxHost() {
        MxHostObservation backup = Facts.host("a.backup.com", 20, PLAIN);
        MxHostObservation main = Facts.host("z.main.com", 10, PLAIN);

        assertThat(provider(backup, main)).isEqualTo("main.com");
        assertThat(provider(main, backup)).isEqualTo("main.com");
    }

    @Test
    void isToldByTheFirstNameAmongEquals() {
        MxHostObservation a = Facts.host("mx.a.com", 10, PLAIN);
        MxHostObservation b = Facts.host("mx.b.com", 10, PLAIN);

        assertThat(provider(b, a)).isEqualTo("a.com");
        assertThat(provider(a, b)).isEqualTo("a.com");
    }

    private static String provider(MxHostObservation... hosts) {
        return DomainJudge.judge(Facts.observation(hosts)).provider();
    }
}
