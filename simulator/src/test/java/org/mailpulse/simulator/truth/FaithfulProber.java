package org.mailpulse.simulator.truth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.model.observation.CertificateFacts;
import org.mailpulse.model.observation.ChainTrust;
import org.mailpulse.model.observation.DaneMatch;
import org.mailpulse.model.observation.DnssecState;
import org.mailpulse.model.observation.EndpointObservation;
import org.mailpulse.model.observation.MailDns;
import org.mailpulse.model.observation.MtaStsFinding;
import org.mailpulse.model.observation.MxHostObservation;
import org.mailpulse.model.observation.NameMatch;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.observation.Outcome;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsRptFinding;
import org.mailpulse.model.observation.TlsRptFinding.State;
import org.mailpulse.model.observation.TlsaStatus;
import org.mailpulse.model.survey.Target;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.Domain;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.TlsaPlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.Servers;
import org.mailpulse.simulator.world.World;

/** Writes the observation that a prober without fault would make, straight from the plans and without any network. */
final class FaithfulProber {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final World world;
    private final Measured measured;

    FaithfulProber(World world, Measured measured) {
        this.world = world;
        this.measured = measured;
    }

    Observation observe(int index, int survey, Vantage vantage) {
        Domain domain = world.domain(index);
        MailPlan plan = world.plan(index, survey);
        Target target = Target.of(world.surveyName(survey), index, domain.name(), domain.populations());
        boolean enforcement = measured == Measured.ENFORCEMENT;
        boolean bogus = enforcement && (plan.signing() == Signing.EXPIRED || plan.signing() == Signing.WRONG);
        if (!plan.manner().answers() || bogus) {
            return Observation.of(target, vantage.name(), NOW, MailDns.ERROR, "SERVFAIL", null, null, null, null);
        }
        List<MxHostObservation> hosts = new ArrayList<>();
        List<Mx> planned = plan.routing() == Routing.IMPLICIT_MX ? List.of(new Mx(0, domain.name())) : plan.mx();
        planned.stream()
                .sorted((one, other) -> one.preference() != other.preference()
                        ? one.preference() - other.preference()
                        : one.host().compareTo(other.host()))
                .forEach(mx -> hosts.add(host(mx, survey, vantage, hosts.size() < 10)));
        DnssecState secure = plan.signing() == Signing.SIGNED || plan.routing() == Routing.NXDOMAIN
                ? DnssecState.SECURE
                : DnssecState.INSECURE;
        return Observation.of(
                target,
                vantage.name(),
                NOW,
                MailDns.valueOf(plan.routing().name()),
                null,
                enforcement ? secure : null,
                hosts,
                enforcement ? mtaSts(plan, hosts) : null,
                enforcement ? tlsRpt(plan) : null);
    }

    private MxHostObservation host(Mx mx, int survey, Vantage vantage, boolean asked) {
        HostPlan plan = world.host(mx.host(), survey).orElseThrow();
        AddressStatus status = asked ? addresses(plan) : AddressStatus.NOT_ASKED;
        List<EndpointObservation> endpoints = new ArrayList<>();
        if (status == AddressStatus.FOUND) {
            boolean stripped = world.isStripped(vantage.tld(), survey);
            for (int slot : plan.slots()) {
                endpoints.add(endpoint(
                        "slot " + slot,
                        world.servers().kind(slot, survey),
                        world.servers().name(slot),
                        plan,
                        stripped));
            }
            if (plan.ipv6()) {
                endpoints.add(endpoint("::1", Servers.IPV6_KIND, "node-v6.machines.example", plan, stripped));
            }
        }
        return new MxHostObservation(
                mx.host(), mx.preference(), status, measured == Measured.ENFORCEMENT ? tlsa(plan) : null, endpoints);
    }

    private static TlsaStatus tlsa(HostPlan plan) {
        if (!plan.signed()) {
            return plan.tlsa() == TlsaPlan.NONE ? TlsaStatus.ABSENT : TlsaStatus.INSECURE;
        }
        return switch (plan.tlsa()) {
            case NONE -> TlsaStatus.ABSENT;
            case UNUSABLE -> TlsaStatus.SECURE_UNUSABLE;
            case FAILS -> TlsaStatus.ERROR;
            default -> TlsaStatus.SECURE_USABLE;
        };
    }

    private static AddressStatus addresses(HostPlan plan) {
        return switch (plan.addressing()) {
            case FOUND -> AddressStatus.FOUND;
            case NXDOMAIN -> AddressStatus.NXDOMAIN;
            case NO_ADDRESS -> AddressStatus.NO_ADDRESS;
            case SERVFAIL -> AddressStatus.ERROR;
            case LOCALHOST -> AddressStatus.LOCALHOST;
        };
    }

    private EndpointObservation endpoint(
            String address, ServerKind kind, String name, HostPlan host, boolean stripped) {
        if (stripped && kind.offersStartTls()) {
            return new EndpointObservation(
                    address, Outcome.STRIP_SUSPECT, Reason.MASKED_KEYWORD, NOW, null, null, null, name, null);
        }
        if (kind.outcome() != Outcome.TLS_OK) {
            boolean tells = kind == ServerKind.PLAIN || kind == ServerKind.HELO_ONLY;
            return new EndpointObservation(
                    address, kind.outcome(), null, NOW, null, null, null, tells ? name : null, null);
        }
        DaneMatch dane = switch (host.tlsa()) {
            case NONE, UNUSABLE, FAILS -> DaneMatch.NOT_MEASURED;
            case MISMATCHES -> DaneMatch.MISMATCH;
            default -> DaneMatch.MATCH;
        };
        return new EndpointObservation(
                address,
                Outcome.TLS_OK,
                null,
                NOW,
                new TlsFacts(kind.tlsVersion(), "any", null, kind.keyExchange(), null),
                certificate(host.certificate()),
                measured == Measured.ENFORCEMENT ? dane : null,
                name,
                false);
    }

    private static CertificateFacts certificate(CertificatePlan plan) {
        CertificateKind kind = plan.kind();
        boolean demo = kind == CertificateKind.DEMO || kind == CertificateKind.DEMO_SUBJECT;
        boolean self = kind == CertificateKind.DEMO || kind == CertificateKind.SELF_SIGNED;
        boolean nameless = kind == CertificateKind.DEMO || kind == CertificateKind.WRONG_NAME;
        ChainTrust trust = switch (kind) {
            case INCOMPLETE_CHAIN -> ChainTrust.INCOMPLETE;
            case SELF_SIGNED, DEMO, UNKNOWN_CA -> ChainTrust.UNTRUSTED;
            default -> ChainTrust.TRUSTED;
        };
        return new CertificateFacts(
                demo ? "CN=demo.example,O=Demo" : "CN=mail",
                self ? "CN=mail" : "CN=Some CA",
                kind == CertificateKind.NOT_YET_VALID ? NOW.plusSeconds(1) : NOW.minusSeconds(1),
                kind == CertificateKind.EXPIRED ? NOW.minusSeconds(1) : NOW.plusSeconds(2),
                kind == CertificateKind.DEMO ? List.of("demo.example") : plan.names(),
                1,
                "RSA",
                kind == CertificateKind.RSA_1024 ? 1_024 : 2_048,
                kind == CertificateKind.SHA_1 ? "SHA1withRSA" : "SHA256withRSA",
                "00",
                "00",
                self,
                trust,
                nameless ? NameMatch.NONE : NameMatch.SAN);
    }

    private static TlsRptFinding tlsRpt(MailPlan plan) {
        return switch (plan.tlsRpt()) {
            case NONE -> TlsRptFinding.only(State.ABSENT);
            case MAIL, MAIL_AND_HTTPS -> new TlsRptFinding(State.PRESENT, List.of("mailto:tls@reports.example"));
            case NOBODY, TWICE -> TlsRptFinding.only(State.MALFORMED);
            case FAILS -> TlsRptFinding.only(State.ERROR);
        };
    }

    private static MtaStsFinding mtaSts(MailPlan plan, List<MxHostObservation> hosts) {
        List<String> names = hosts.stream().map(MxHostObservation::host).toList();
        return switch (plan.mtaSts()) {
            case NONE -> new MtaStsFinding(MtaStsFinding.Status.ABSENT, null, null, null, 0);
            case ENFORCE -> policy("enforce", names);
            case TESTING -> policy("testing", names);
            case MODE_NONE -> policy("none", List.of());
            case MISMATCH -> policy("enforce", List.of("elsewhere.example"));
            case RECORD_FAILS -> new MtaStsFinding(MtaStsFinding.Status.DNS_ERROR, null, null, null, 0);
            case INVALID_POLICY -> new MtaStsFinding(MtaStsFinding.Status.POLICY_INVALID, "1", null, null, 0);
            case NOT_FOUND, EXPIRED_CERTIFICATE, BROKEN_TLS, NO_HOST, WRONG_NAME, REDIRECTS, HUGE ->
                new MtaStsFinding(MtaStsFinding.Status.POLICY_UNREACHABLE, "1", null, null, 0);
            case INVALID_RECORD -> new MtaStsFinding(MtaStsFinding.Status.RECORD_INVALID, null, null, null, 0);
        };
    }

    private static MtaStsFinding policy(String mode, List<String> patterns) {
        return new MtaStsFinding(MtaStsFinding.Status.POLICY, "1", mode, patterns, 86_400);
    }
}
