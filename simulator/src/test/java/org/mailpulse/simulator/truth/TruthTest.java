package org.mailpulse.simulator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsVersion;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.Provider.Evidence;
import org.mailpulse.model.verdict.ProviderKind;
import org.mailpulse.model.verdict.TlsRptState;
import org.mailpulse.simulator.world.Event;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.MailProvider;
import org.mailpulse.simulator.world.World;
import org.mailpulse.simulator.world.Worlds;

/** Cases that were reckoned by hand from docs/methodology.md. */
class TruthTest {
    private static final World WORLD = Worlds.of(1, 20_000, 12, 0.02);
    private static final Truth ENCRYPTION = new Truth(WORLD, Measured.ENCRYPTION);
    private static final Truth ENFORCEMENT = new Truth(WORLD, Measured.ENFORCEMENT);

    /** Holds rare mistakes, too. */
    private static final World LARGE = Worlds.of(1, 200_000, 12, 0.02);

    private static final Truth ENFORCEMENT_OF_LARGE = new Truth(LARGE, Measured.ENFORCEMENT);
    private static final int LAST = 11;
    private static final Vantage NEUTRAL = Vantage.neutral("here");

    @Test
    void allOfTheGiantsMxHostsAreValid() {
        int customer = Worlds.customer(WORLD, MailProvider.QUORREL);
        assertThat(ENCRYPTION.of(customer, 0, NEUTRAL))
                .isEqualTo(new ExpectedVerdict(
                        new ExpectedProvider("quorrel", ProviderKind.MAILBOX, Evidence.CERTIFICATE),
                        DomainStatus.OK,
                        Adoption.ALL,
                        Level.AUTHENTICABLE,
                        4,
                        4,
                        0,
                        0,
                        0,
                        TlsVersion.TLS_1_3,
                        KeyExchange.ECDHE,
                        CertificateClass.VALID,
                        DaneState.NOT_MEASURED,
                        MtaStsState.NOT_MEASURED,
                        TlsRptState.NOT_MEASURED,
                        false));
        assertThat(ENCRYPTION
                        .of(customer, month(Event.Kind.POST_QUANTUM), NEUTRAL)
                        .keyExchange())
                .isEqualTo(KeyExchange.HYBRID_PQ);
    }

    @Test
    void theLateHosterClimbsFromPlaintextToAuthenticable() {
        int customer = Worlds.customer(WORLD, MailProvider.TAMBER);
        int month = month(Event.Kind.STARTTLS_ON);
        ExpectedVerdict before = ENCRYPTION.of(customer, month - 1, NEUTRAL);
        assertThat(before.level()).isEqualTo(Level.PLAINTEXT);
        assertThat(before.mxNo()).isEqualTo(2);
        assertThat(before.certificateClass()).isNull();
        assertThat(ENCRYPTION.of(customer, month, NEUTRAL).level()).isEqualTo(Level.AUTHENTICABLE);
    }

    @Test
    void aForgottenBackupMakesItPartialAndTheFallbackPlaintext() {
        int customer = Worlds.customer(WORLD, MailProvider.ODDLING);
        int month = month(Event.Kind.FALLBACK);
        ExpectedVerdict before = ENCRYPTION.of(customer, month - 1, NEUTRAL);
        assertThat(before.adoption()).isEqualTo(Adoption.SOME);
        assertThat(before.level()).isEqualTo(Level.PARTIAL);
        assertThat(before.mxYes()).isEqualTo(1);
        assertThat(before.mxNo()).isEqualTo(1);
        assertThat(before.certificateClass()).isEqualTo(CertificateClass.VALID);
        assertThat(ENCRYPTION.of(customer, month, NEUTRAL).level()).isEqualTo(Level.PLAINTEXT);
    }

    @Test
    void anExpiredCertificateLowersToOpportunistic() {
        int tenant = Worlds.customer(WORLD, MailProvider.VASTIBULE);
        ExpectedVerdict lapsed = ENCRYPTION.of(tenant, month(Event.Kind.CERTIFICATE_EXPIRED), NEUTRAL);
        assertThat(lapsed.level()).isEqualTo(Level.OPPORTUNISTIC);
        assertThat(lapsed.certificateClass()).isEqualTo(CertificateClass.EXPIRED);
    }

    @Test
    void daneEnforcesEvenASelfSignedCertificate() {
        int signed = Worlds.find(
                WORLD,
                index -> WORLD.hoster(index, 0).equals("brindle-hosting.example")
                        && WORLD.plan(index, 0).signing() == Signing.SIGNED
                        && ENCRYPTION.of(index, 0, NEUTRAL).status() == DomainStatus.OK);
        assertThat(ENCRYPTION.of(signed, 0, NEUTRAL).level()).isEqualTo(Level.OPPORTUNISTIC);
        ExpectedVerdict measured = ENFORCEMENT.of(signed, 0, NEUTRAL);
        assertThat(measured.level()).isEqualTo(Level.ENFORCED);
        assertThat(measured.dane()).isEqualTo(DaneState.VALID);
        assertThat(measured.certificateClass()).isEqualTo(CertificateClass.SELF_SIGNED);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, NONE",
        "MATCHES, VALID",
        "ROLLOVER, VALID",
        "CERTIFICATE, VALID",
        "SHA_512, VALID",
        "ANCHOR, VALID",
        "MISMATCHES, BROKEN",
        "UNUSABLE, NONE",
        "FAILS, BROKEN"
    })
    void aSignedDomainWithOneProtectedHostHasTheDaneOfItsRecords(TlsaPlan tlsa, DaneState dane) {
        int index = ownHost(tlsa, Signing.SIGNED);
        assertThat(ENFORCEMENT_OF_LARGE.of(index, LAST, NEUTRAL).dane()).isEqualTo(dane);
    }

    @ParameterizedTest
    @EnumSource(
            value = TlsaPlan.class,
            names = {"MATCHES", "MISMATCHES", "FAILS"})
    void recordsInAnUnsignedZoneArePassedOver(TlsaPlan tlsa) {
        ExpectedVerdict verdict = ENFORCEMENT_OF_LARGE.of(ownHost(tlsa, Signing.UNSIGNED), LAST, NEUTRAL);
        assertThat(verdict.dane()).isEqualTo(DaneState.NONE);
        assertThat(verdict.enforcementBroken()).isEqualTo(verdict.mtaSts() == MtaStsState.BROKEN);
    }

    @Test
    void anOldKeyInDnsCostsMailAndNoLevel() {
        ExpectedVerdict verdict = ENFORCEMENT_OF_LARGE.of(ownHost(TlsaPlan.MISMATCHES, Signing.SIGNED), LAST, NEUTRAL);
        assertThat(verdict.enforcementBroken()).isTrue();
        assertThat(verdict.level()).isIn(Level.OPPORTUNISTIC, Level.AUTHENTICABLE);
    }

    @Test
    void thatADomainDoesNotExistIsSecureAndItsDaneUnknown() {
        ExpectedVerdict verdict = ENFORCEMENT.of(answered(Routing.NXDOMAIN), 0, NEUTRAL);
        assertThat(verdict.status()).isEqualTo(DomainStatus.NXDOMAIN);
        assertThat(verdict.dane()).isEqualTo(DaneState.NOT_MEASURED);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, NONE",
        "ENFORCE, ENFORCE",
        "TESTING, TESTING",
        "MODE_NONE, DISABLED",
        "MISMATCH, BROKEN",
        "NOT_FOUND, BROKEN",
        "EXPIRED_CERTIFICATE, BROKEN",
        "BROKEN_TLS, BROKEN",
        "INVALID_RECORD, BROKEN",
        "RECORD_FAILS, NOT_MEASURED",
        "NO_HOST, BROKEN",
        "WRONG_NAME, BROKEN",
        "REDIRECTS, BROKEN",
        "HUGE, BROKEN",
        "INVALID_POLICY, BROKEN"
    })
    void theGiantsCustomersHaveTheMtaStsThatTheyPublish(MtaStsPlan plan, MtaStsState state) {
        int index = Worlds.find(
                LARGE,
                i -> LARGE.plan(i, 0).mtaSts() == plan
                        && LARGE.hoster(i, 0).equals("quorrelmail.example")
                        && ENFORCEMENT_OF_LARGE.of(i, 0, NEUTRAL).status() == DomainStatus.OK);
        ExpectedVerdict verdict = ENFORCEMENT_OF_LARGE.of(index, 0, NEUTRAL);
        assertThat(verdict.mtaSts()).isEqualTo(state);
        assertThat(verdict.level()).isEqualTo(state == MtaStsState.ENFORCE ? Level.ENFORCED : Level.AUTHENTICABLE);
    }

    @Test
    void anEnforcedPolicyOverASelfSignedCertificateIsBroken() {
        int index = Worlds.find(
                LARGE,
                i -> LARGE.plan(i, 0).mtaSts() == MtaStsPlan.ENFORCE
                        && LARGE.hoster(i, 0).equals("brindle-hosting.example")
                        && ENFORCEMENT_OF_LARGE.of(i, 0, NEUTRAL).status() == DomainStatus.OK);
        assertThat(ENFORCEMENT_OF_LARGE.of(index, 0, NEUTRAL).mtaSts()).isEqualTo(MtaStsState.BROKEN);
    }

    @Test
    void theRegistrysDemandEnforcesItsSignedDomains() {
        int month = month(Event.Kind.DANE_ENFORCED);
        int signed = Worlds.find(
                WORLD,
                index -> WORLD.hoster(index, 0).equals("fenmail.xn")
                        && WORLD.hoster(index, month).equals("fenmail.xn")
                        && WORLD.plan(index, 0).signing() == Signing.SIGNED
                        && ENFORCEMENT.of(index, month - 1, NEUTRAL).level() == Level.AUTHENTICABLE);
        assertThat(ENFORCEMENT.of(signed, month, NEUTRAL).level()).isEqualTo(Level.ENFORCED);
    }

    @Test
    void bogusSignaturesAreADnsErrorOnlyWhereTheyAreChecked() {
        int bogus = Worlds.find(
                WORLD,
                index -> WORLD.plan(index, 0).signing() == Signing.EXPIRED
                        && ENCRYPTION.of(index, 0, NEUTRAL).status() == DomainStatus.OK);
        assertThat(ENFORCEMENT.of(bogus, 0, NEUTRAL).status()).isEqualTo(DomainStatus.DNS_ERROR);
    }

    @Test
    void fromTheStrippingCountryTheGiantIsUnknownAndNeverPlaintext() {
        int customer = Worlds.customer(WORLD, MailProvider.QUORREL);
        int month = month(Event.Kind.STRIPPING);
        ExpectedVerdict seen = ENCRYPTION.of(customer, month, new Vantage("there", "probe.qs"));
        assertThat(seen.status()).isEqualTo(DomainStatus.OK);
        assertThat(seen.adoption()).isEqualTo(Adoption.UNKNOWN);
        assertThat(seen.level()).isEqualTo(Level.UNKNOWN);
        assertThat(seen.mxUnknown()).isEqualTo(4);
        assertThat(seen.provider())
                .isEqualTo(new ExpectedProvider("quorrel", ProviderKind.MAILBOX, Evidence.EHLO_NAME));
    }

    @ParameterizedTest
    @CsvSource({
        "QUORREL, quorrel, MAILBOX, CERTIFICATE",
        // nobody has signed its certificates but itself
        "BRINDLE, brindle, HOSTING, EHLO_NAME",
        "SIFTWALL, siftwall, GATEWAY, CERTIFICATE",
        // its rule knows MX hosts only
        "STRAINER, strainer, GATEWAY, MX_DOMAIN",
        "TAMBER, tamberhost.example, , MX_DOMAIN"
    })
    void aCustomerOfANamedProviderIsToldByIt(MailProvider provider, String name, ProviderKind kind, Evidence evidence) {
        int customer = Worlds.customer(WORLD, provider);
        assertThat(ENCRYPTION.of(customer, 0, NEUTRAL).provider())
                .isEqualTo(new ExpectedProvider(name, kind, evidence));
    }

    @ParameterizedTest
    @EnumSource(
            value = Evidence.class,
            names = {"CERTIFICATE", "EHLO_NAME"})
    void anMxHostUnderTheCustomersOwnNameIsToldByWhatItShowsOrHowItCallsItself(Evidence evidence) {
        ExpectedProvider siftwall = new ExpectedProvider("siftwall", ProviderKind.GATEWAY, evidence);
        int index = Worlds.find(
                WORLD,
                i -> WORLD.plan(i, 0).mx().stream()
                                .anyMatch(mx -> mx.host()
                                        .equals("relay1." + WORLD.domain(i).name()))
                        && ENCRYPTION.of(i, 0, NEUTRAL).provider().equals(siftwall));
        assertThat(WORLD.hoster(index, 0)).isEqualTo("siftwall.example");
    }

    @Test
    void aDomainWithoutMailIsNotEligible() {
        int index = answered(Routing.NULL_MX);
        ExpectedVerdict verdict = ENCRYPTION.of(index, 0, NEUTRAL);
        assertThat(verdict.status()).isEqualTo(DomainStatus.NULL_MX);
        assertThat(verdict.adoption()).isNull();
        assertThat(verdict.level()).isNull();
        assertThat(verdict.provider()).isEqualTo(ExpectedProvider.NOBODY);
        assertThat(ENCRYPTION.of(answered(Routing.NXDOMAIN), 0, NEUTRAL).status())
                .isEqualTo(DomainStatus.NXDOMAIN);
        assertThat(ENCRYPTION.of(answered(Routing.NO_ADDRESS), 0, NEUTRAL).status())
                .isEqualTo(DomainStatus.NO_ADDRESS);
    }

    @Test
    void anImplicitMxIsSelfHosted() {
        ExpectedVerdict verdict = ENCRYPTION.of(answered(Routing.IMPLICIT_MX), 0, NEUTRAL);
        assertThat(verdict.provider().name()).isEqualTo("self-hosted");
        assertThat(verdict.mxHosts()).isEqualTo(1);
    }

    @Test
    void whatCannotBeLookedUpIsUnknown() {
        for (Manner manner : List.of(Manner.SERVFAIL, Manner.REFUSED, Manner.DROPPED)) {
            int index = Worlds.find(WORLD, i -> WORLD.plan(i, 0).manner() == manner);
            ExpectedVerdict verdict = ENCRYPTION.of(index, 0, NEUTRAL);
            assertThat(verdict.status()).isEqualTo(DomainStatus.DNS_ERROR);
            assertThat(verdict.adoption()).isEqualTo(Adoption.UNKNOWN);
            assertThat(verdict.level()).isEqualTo(Level.UNKNOWN);
        }
    }

    @Test
    void mxHostsWithoutAUsableAddressDecideTheStatus() {
        assertThat(statusWithOnly("localhost")).isEqualTo(DomainStatus.LOCAL_ONLY);
        assertThat(statusWithOnly("gone.")).isEqualTo(DomainStatus.NO_ADDRESS);
        assertThat(statusWithOnly("bare.")).isEqualTo(DomainStatus.NO_ADDRESS);
        assertThat(statusWithOnly("sick.")).isEqualTo(DomainStatus.DNS_ERROR);
    }

    @Test
    void mxHostsBeyondTheTenthAreNotAsked() {
        int index = Worlds.find(
                WORLD,
                i -> WORLD.plan(i, 0).mx().size() == 12
                        && WORLD.plan(i, 0).manner().answers());
        ExpectedVerdict verdict = ENCRYPTION.of(index, 0, NEUTRAL);
        assertThat(verdict.mxHosts()).isEqualTo(12);
        assertThat(verdict.mxUnknown()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everyLevelAndClassIsToBeFoundSomewhere() {
        Set<Object> seen = new HashSet<>();
        for (int index = 0; index < 20_000; index++) {
            ExpectedVerdict verdict = ENFORCEMENT.of(index, 11, NEUTRAL);
            seen.addAll(Arrays.asList(
                    verdict.level(),
                    verdict.certificateClass(),
                    verdict.dane(),
                    verdict.mtaSts(),
                    verdict.provider().evidence(),
                    verdict.provider().kind(),
                    verdict.tlsRpt(),
                    verdict.tlsVersion()));
        }
        assertThat(seen).contains((Object[]) Level.values());
        assertThat(seen).contains((Object[]) CertificateClass.values());
        assertThat(seen).contains((Object[]) DaneState.values());
        assertThat(seen).contains((Object[]) MtaStsState.values());
        assertThat(seen).contains((Object[]) Evidence.values());
        assertThat(seen).contains((Object[]) ProviderKind.values());
        assertThat(seen).contains((Object[]) TlsRptState.values());
        assertThat(seen).contains(TlsVersion.TLS_1_0, TlsVersion.TLS_1_1, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    @Test
    void theListsHaveOneLineForEachDomainAndPopulation(@TempDir Path folder) throws Exception {
        TruthWriter writer = new TruthWriter(WORLD);
        writer.writeTargets(11, folder.resolve("targets.csv"));
        writer.writeTruth(11, NEUTRAL, Measured.ENCRYPTION, folder.resolve("truth.csv"));
        List<String> targets = Files.readAllLines(folder.resolve("targets.csv"));
        List<String> truth = Files.readAllLines(folder.resolve("truth.csv"));
        int columns = TruthWriter.TRUTH_HEADER.split(",").length;
        assertThat(truth).hasSameSizeAs(targets).hasSizeGreaterThan(20_000);
        assertThat(truth).allMatch(line -> line.split(",", -1).length == columns);
        for (int line = 1; line < truth.size(); line++) {
            String[] target = targets.get(line).split(",", -1);
            String[] row = truth.get(line).split(",", -1);
            assertThat(row).startsWith("2026-11", "here", target[0], target[1]);
        }
    }

    /** The domain of a single MX host that it runs itself and that protects mail, in the last survey. */
    private static int ownHost(TlsaPlan tlsa, Signing signing) {
        Truth truth = new Truth(LARGE, Measured.ENCRYPTION);
        return Worlds.find(LARGE, index -> {
            MailPlan plan = LARGE.plan(index, LAST);
            return plan.signing() == signing
                    && plan.mx().size() == 1
                    && LARGE.hoster(index, LAST).isEmpty()
                    && LARGE.host(plan.mx().get(0).host(), LAST).orElseThrow().tlsa() == tlsa
                    && truth.of(index, LAST, NEUTRAL).mxYes() == 1;
        });
    }

    private static DomainStatus statusWithOnly(String host) {
        int index = Worlds.find(WORLD, i -> {
            MailPlan plan = WORLD.plan(i, 0);
            return plan.manner().answers()
                    && plan.mx().size() == 1
                    && plan.mx().get(0).host().startsWith(host);
        });
        return ENCRYPTION.of(index, 0, NEUTRAL).status();
    }

    private static int answered(Routing routing) {
        return Worlds.find(
                WORLD,
                index -> WORLD.plan(index, 0).routing() == routing
                        && WORLD.plan(index, 0).manner().answers());
    }

    private static int month(Event.Kind kind) {
        return WORLD.story().events().stream()
                .filter(event -> event.kind() == kind)
                .findFirst()
                .orElseThrow()
                .survey();
    }
}
