package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;

class AdoptionTest {
    private static final EndpointObservation YES = Facts.endpoint(Outcome.TLS_OK);
    private static final EndpointObservation NO = Facts.endpoint(Outcome.NOT_OFFERED);
    private static final EndpointObservation UNKNOWN = Facts.endpoint(Outcome.UNREACHABLE);

    /** y, n, m, ? = an MX host that is yes, no, mixed, unknown; each less preferred than the one before. */
    @ParameterizedTest
    @CsvSource({
        "y, ALL, true",
        "n, NONE, false",
        "m, SOME, false",
        "?, UNKNOWN, false",
        "yy, ALL, true",
        "nn, NONE, false",
        "??, UNKNOWN, false",
        "yn, SOME, false",
        "ym, SOME, false",
        "nm, SOME, false",
        "mm, SOME, false",
        "y?, ALL, false",
        "?y, ALL, false",
        "n?, NONE, false",
        "m?, SOME, false",
        "yn?, SOME, false",
        "yyyyn, SOME, false"
    })
    void isToldByTheDeterminateHosts(String hosts, Adoption adoption, boolean strict) {
        DomainVerdict verdict = judge(hosts, true);

        assertThat(verdict.status()).isEqualTo(DomainStatus.OK);
        assertThat(verdict.adoption()).isEqualTo(adoption);
        assertThat(verdict.allStrict()).isEqualTo(strict);
    }

    @ParameterizedTest
    @CsvSource({"yn, ALL", "ny, NONE", "my, SOME", "?y, UNKNOWN"})
    void ofTheMostPreferredHostsLooksAtThoseAlone(String hosts, Adoption preferred) {
        assertThat(judge(hosts, true).preferredAdoption()).isEqualTo(preferred);
    }

    @ParameterizedTest
    @CsvSource({"yn, SOME", "yy, ALL", "n?, NONE"})
    void ofTheMostPreferredHostsTakesAllOfEqualPreference(String hosts, Adoption preferred) {
        assertThat(judge(hosts, false).preferredAdoption()).isEqualTo(preferred);
    }

    @ParameterizedTest
    @CsvSource({"yynm?, 2, 1, 1, 1", "???, 0, 0, 0, 3", "m, 0, 0, 1, 0"})
    void everyHostIsCountedInOneState(String hosts, int yes, int no, int mixed, int unknown) {
        DomainVerdict verdict = judge(hosts, true);

        assertThat(verdict.mxHosts()).isEqualTo(hosts.length());
        assertThat(verdict.mxYes()).isEqualTo(yes);
        assertThat(verdict.mxNo()).isEqualTo(no);
        assertThat(verdict.mxMixed()).isEqualTo(mixed);
        assertThat(verdict.mxUnknown()).isEqualTo(unknown);
    }

    private static DomainVerdict judge(String hosts, boolean falling) {
        MxHostObservation[] observed = new MxHostObservation[hosts.length()];
        for (int i = 0; i < observed.length; i++) {
            String name = "mx" + i + ".example.no";
            int preference = falling ? 10 * i : 10;
            observed[i] = switch (hosts.charAt(i)) {
                case 'y' -> Facts.host(name, preference, YES);
                case 'n' -> Facts.host(name, preference, NO);
                case 'm' -> Facts.host(name, preference, YES, NO);
                default -> Facts.host(name, preference, UNKNOWN);
            };
        }
        return DomainJudge.judge(Facts.observation(observed));
    }
}
