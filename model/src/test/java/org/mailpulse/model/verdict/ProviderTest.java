package org.mailpulse.model.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailpulse.model.Facts.calling;
import static org.mailpulse.model.Facts.host;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.Facts;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.verdict.Provider.Evidence;

class ProviderTest {
    private static final EndpointObservation PLAIN = Facts.endpoint(Outcome.NOT_OFFERED);

    /** Method 1, and what is left in method 2 where no rule fits. */
    @Nested
    class WithoutARule {
        @ParameterizedTest
        @CsvSource({
            "example.no, mx1.hoster.com, hoster.com",
            "example.no, tenant-7.mail.hoster.co.uk, hoster.co.uk",
            "example.no, mx.example.no, self-hosted",
            "example.no, example.no, self-hosted",
            "mail.example.no, mx.example.no, self-hosted",
            "oslo.kommune.no, mx.oslo.kommune.no, self-hosted",
            "oslo.kommune.no, mx.bergen.kommune.no, bergen.kommune.no",
            "a.co.uk, mx.b.co.uk, b.co.uk",
            "a.no, mx.evilgoogle.com, evilgoogle.com"
        })
        void isTheRegistrableDomainOfTheMxHost(String domain, String mxHost, String provider) {
            for (Method method : Method.values()) {
                DomainVerdict verdict = DomainJudge.judge(Facts.of(domain, host(mxHost, 10, PLAIN)), method);

                assertThat(verdict.provider()).isEqualTo(provider);
                assertThat(verdict.providerEvidence()).isEqualTo(Evidence.MX_DOMAIN);
                assertThat(verdict.providerKind()).isNull();
            }
        }

        @ParameterizedTest
        @EnumSource
        void isToldByTheMostPreferredMxHost(Method method) {
            MxHostObservation backup = host("a.backup.com", 20, PLAIN);
            MxHostObservation main = host("z.main.com", 10, PLAIN);

            assertThat(provider(method, backup, main)).isEqualTo("main.com");
            assertThat(provider(method, main, backup)).isEqualTo("main.com");
        }

        @ParameterizedTest
        @EnumSource
        void isToldByTheFirstNameAmongEquals(Method method) {
            MxHostObservation a = host("mx.a.com", 10, PLAIN);
            MxHostObservation b = host("mx.b.com", 10, PLAIN);

            assertThat(provider(method, b, a)).isEqualTo("a.com");
            assertThat(provider(method, a, b)).isEqualTo("a.com");
        }

        @Test
        void thePreviousMethodSawTheDomainOfWhatIsAProviderByNow() {
            MxHostObservation google = host("aspmx.l.google.com", 1, PLAIN);

            assertThat(provider(Method.V1, google)).isEqualTo("google.com");
            assertThat(provider(Method.V2, google)).isEqualTo("google");
        }
    }

    @Test
    void aCustomersNameForTheMxHostDoesNotHideWhoseCertificateIsShown() {
        assertThat(judged(host("mx.example.no", 10, calling(null, certificate("mx.example.no", "*.google.com")))))
                .isEqualTo(google(Evidence.CERTIFICATE));
    }

    @Test
    void norByWhatNameTheServerCallsItself() {
        assertThat(judged(host("mx.example.no", 10, calling("mx.google.com")))).isEqualTo(google(Evidence.EHLO_NAME));
    }

    @Test
    void theMxHostTellsWhereNothingElseDoes() {
        assertThat(judged(host("aspmx.l.google.com", 10, Facts.endpoint(Outcome.UNREACHABLE))))
                .isEqualTo(google(Evidence.MX_DOMAIN));
    }

    @Test
    void theCertificateComesBeforeTheEhloNameAndThatBeforeTheMxHost() {
        String mxHost = "example-no.mail.protection.outlook.com";

        assertThat(judged(host(mxHost, 10, calling("mx0a-1.pphosted.com", certificate("mx.google.com")))))
                .isEqualTo(google(Evidence.CERTIFICATE));
        assertThat(judged(host(mxHost, 10, calling("mx.google.com", certificate("mx.example.no")))))
                .isEqualTo(google(Evidence.EHLO_NAME));
        assertThat(judged(host(mxHost, 10, calling("mx.example.no", certificate("mx.example.no")))))
                .isEqualTo(new Provider("microsoft-365", ProviderKind.MAILBOX, Evidence.MX_DOMAIN));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChainTrust.class,
            names = {"INCOMPLETE", "UNTRUSTED"})
    void aCertificateThatNobodyVouchesForTellsNothing(ChainTrust trust) {
        CertificateFacts own =
                new Facts.Certificate().dnsNames("mx.google.com").trust(trust).facts();

        assertThat(judged(host("mx.example.no", 10, calling("mx.example.no", own)))
                        .name())
                .isEqualTo(Provider.SELF_HOSTED);
    }

    @Test
    void aCertificateThatHasExpiredStillTells() {
        CertificateFacts expired =
                new Facts.Certificate().dnsNames("mx.google.com").expired().facts();

        assertThat(judged(host("mx.example.no", 10, calling(null, expired)))).isEqualTo(google(Evidence.CERTIFICATE));
    }

    @Test
    void aCertificateOfTwoProvidersTellsNothing() {
        CertificateFacts both = certificate("mx.google.com", "*.pphosted.com");

        assertThat(judged(host("mx.example.no", 10, calling("mx.google.com", both))))
                .isEqualTo(google(Evidence.EHLO_NAME));
        assertThat(judged(host("mx.example.no", 10, calling(null, both))).name())
                .isEqualTo(Provider.SELF_HOSTED);
    }

    @Test
    void namesInCertificatesAreComparedWithoutRegardToCase() {
        assertThat(judged(host("mx.example.no", 10, calling(null, certificate("*.GOOGLE.com")))))
                .isEqualTo(google(Evidence.CERTIFICATE));
    }

    @ParameterizedTest
    @CsvSource({"mx.evilgoogle.com", "google.com.evil.example", "mx.google.com.no"})
    void namesThatLookAlikeTellNothing(String name) {
        assertThat(judged(host("mx.example.no", 10, calling(name, certificate(name))))
                        .name())
                .isEqualTo(Provider.SELF_HOSTED);
    }

    @Test
    void aGatewayIsMarkedAsOne() {
        assertThat(judged(host("mx0a-1.pphosted.com", 10, PLAIN)))
                .isEqualTo(new Provider("proofpoint", ProviderKind.GATEWAY, Evidence.MX_DOMAIN));
    }

    @Test
    void amongEquallyPreferredHostsTheStrongerEvidenceDecides() {
        MxHostObservation gone = host("a.example.no", 10, Facts.endpoint(Outcome.UNREACHABLE));
        MxHostObservation calls = host("b.example.no", 10, calling("mx0a-1.pphosted.com"));
        MxHostObservation shows = host("c.example.no", 10, calling(null, certificate("mx.google.com")));

        assertThat(judged(gone, calls, shows)).isEqualTo(google(Evidence.CERTIFICATE));
        assertThat(judged(shows, calls, gone)).isEqualTo(google(Evidence.CERTIFICATE));
    }

    @Test
    void aLessPreferredHostTellsNothing() {
        MxHostObservation main = host("mx.example.no", 10, PLAIN);
        MxHostObservation backup = host("backup.example.no", 20, calling("mx.google.com"));

        assertThat(judged(main, backup).name()).isEqualTo(Provider.SELF_HOSTED);
    }

    @Test
    void aDomainWithoutMailHasNone() {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation());

        assertThat(verdict.provider()).isEmpty();
        assertThat(verdict.providerKind()).isNull();
        assertThat(verdict.providerEvidence()).isEqualTo(Evidence.NONE);
    }

    @Property
    void neitherTheOrderOfHostsNorThatOfEndpointsMatters(
            @ForAll("hosts") List<MxHostObservation> hosts, @ForAll long seed) {
        Random random = new Random(seed);
        List<MxHostObservation> shuffled = new ArrayList<>();
        for (MxHostObservation seen : hosts) {
            List<EndpointObservation> endpoints = new ArrayList<>(seen.endpoints());
            Collections.shuffle(endpoints, random);
            shuffled.add(host(seen.host(), seen.preference(), endpoints.toArray(EndpointObservation[]::new)));
        }
        Collections.shuffle(shuffled, random);

        for (Method method : Method.values()) {
            assertThat(Provider.of("example.no", "no", shuffled, method))
                    .isEqualTo(Provider.of("example.no", "no", hosts, method));
        }
    }

    @Property
    void aRuleGivesIdAndKindAndWhoHasNoneIsNamedAsBefore(@ForAll("hosts") List<MxHostObservation> hosts) {
        Provider before = Provider.of("example.no", "no", hosts, Method.V1);
        Provider after = Provider.of("example.no", "no", hosts, Method.V2);

        if (after.kind() == null) {
            assertThat(after).isEqualTo(before);
        } else {
            assertThat(ProviderRules.known().kind(after.name())).hasValue(after.kind());
        }
    }

    @Provide
    Arbitrary<List<MxHostObservation>> hosts() {
        Arbitrary<String> names = Arbitraries.of("mx.google.com", "x.pphosted.com", "mx.example.no", "mx.hoster.com");
        Arbitrary<EndpointObservation> endpoint = Combinators.combine(
                        names.injectNull(0.3),
                        names.list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of(ChainTrust.class).injectNull(0.3))
                .as((ehlo, certified, trust) -> trust == null
                        ? calling(ehlo)
                        : calling(
                                ehlo,
                                new Facts.Certificate()
                                        .dnsNames(certified.toArray(String[]::new))
                                        .trust(trust)
                                        .facts()));
        return Combinators.combine(
                        names, Arbitraries.of(10, 20), endpoint.list().ofMaxSize(3))
                .as((name, preference, endpoints) ->
                        host(name, preference, endpoints.toArray(EndpointObservation[]::new)))
                .list()
                .ofMaxSize(4);
    }

    private static CertificateFacts certificate(String... names) {
        return new Facts.Certificate().dnsNames(names).facts();
    }

    private static Provider google(Evidence evidence) {
        return new Provider("google", ProviderKind.MAILBOX, evidence);
    }

    private static Provider judged(MxHostObservation... hosts) {
        DomainVerdict verdict = DomainJudge.judge(Facts.observation(hosts));
        return new Provider(verdict.provider(), verdict.providerKind(), verdict.providerEvidence());
    }

    private static String provider(Method method, MxHostObservation... hosts) {
        return DomainJudge.judge(Facts.observation(hosts), method).provider();
    }
}
