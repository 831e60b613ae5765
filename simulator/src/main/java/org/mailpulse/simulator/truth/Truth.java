package org.mailpulse.simulator.truth;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailpulse.model.verdict.Adoption;
import org.mailpulse.model.verdict.CertificateClass;
import org.mailpulse.model.verdict.DaneState;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.model.verdict.MtaStsState;
import org.mailpulse.model.verdict.TlsRptState;
import org.mailpulse.simulator.world.Domain;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.HostPlan.Addressing;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Signing;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.World;

/** Planted configuration → expected verdict; docs/methodology.md read a second time. */
public final class Truth {
    /** MX hosts that a prober asks per domain, the most preferred first, among equals by name. */
    public static final int MX_HOSTS_ASKED = 10;

    private final World world;
    private final Measured measured;

    public Truth(World world, Measured measured) {
        this.world = world;
        this.measured = measured;
    }

    public ExpectedVerdict of(int index, int survey, Vantage vantage) {
        Domain domain = world.domain(index);
        MailPlan plan = world.plan(index, survey);
        if (!plan.manner().answers() || isBogus(plan)) {
            return without(DomainStatus.DNS_ERROR, 0, plan);
        }
        return switch (plan.routing()) {
            case NXDOMAIN -> without(DomainStatus.NXDOMAIN, 0, plan);
            case NULL_MX -> without(DomainStatus.NULL_MX, 0, plan);
            case NO_ADDRESS -> without(DomainStatus.NO_ADDRESS, 0, plan);
            case MX, IMPLICIT_MX -> withHosts(domain, plan, hosts(domain, plan, survey, vantage));
        };
    }

    private boolean isBogus(MailPlan plan) {
        return measured == Measured.ENFORCEMENT
                && (plan.signing() == Signing.EXPIRED || plan.signing() == Signing.WRONG);
    }

    private List<ExpectedHost> hosts(Domain domain, MailPlan plan, int survey, Vantage vantage) {
        boolean stripped = world.isStripped(vantage.tld(), survey);
        List<ExpectedHost> hosts = new ArrayList<>();
        for (String name : names(domain, plan)) {
            HostPlan host = world.host(name, survey)
                    .orElseThrow(() -> new IllegalStateException(
                            domain.name() + " has the MX host " + name + ", which the world does not know"));
            hosts.add(ExpectedHost.of(world, host, survey, hosts.size() < MX_HOSTS_ASKED, stripped));
        }
        return hosts;
    }

    /** In the order in which a sender tries them. */
    private static List<String> names(Domain domain, MailPlan plan) {
        if (plan.routing() == MailPlan.Routing.IMPLICIT_MX) {
            return List.of(domain.name());
        }
        return plan.mx().stream()
                .sorted(Comparator.comparingInt(Mx::preference).thenComparing(Mx::host))
                .map(Mx::host)
                .toList();
    }

    private ExpectedVerdict withHosts(Domain domain, MailPlan plan, List<ExpectedHost> hosts) {
        if (none(hosts, Addressing.FOUND)) {
            if (!none(hosts, Addressing.SERVFAIL)) {
                return without(DomainStatus.DNS_ERROR, hosts.size(), plan);
            }
            boolean local = !none(hosts, Addressing.LOCALHOST);
            return without(local ? DomainStatus.LOCAL_ONLY : DomainStatus.NO_ADDRESS, hosts.size(), plan);
        }
        int yes = count(hosts, ExpectedHost::protects);
        int no = count(hosts, ExpectedHost::exposes);
        int mixed = count(hosts, ExpectedHost::differs);
        Adoption adoption = adoption(yes, no, mixed);
        boolean all = measured == Measured.ENFORCEMENT;
        DaneState dane = all ? Enforcement.dane(plan, hosts) : DaneState.NOT_MEASURED;
        MtaStsState mtaSts = all ? Enforcement.mtaSts(plan, hosts) : MtaStsState.NOT_MEASURED;
        return new ExpectedVerdict(
                ExpectedProvider.of(domain, hosts.get(0)),
                DomainStatus.OK,
                adoption,
                level(adoption, hosts, dane, mtaSts),
                hosts.size(),
                yes,
                no,
                mixed,
                hosts.size() - yes - no - mixed,
                lowest(hosts, ServerKind::tlsVersion),
                lowest(hosts, ServerKind::keyExchange),
                certificateClass(hosts),
                dane,
                mtaSts,
                all ? Enforcement.tlsRpt(plan) : TlsRptState.NOT_MEASURED,
                ExpectedHost.legacyOnly(hosts));
    }

    private ExpectedVerdict without(DomainStatus status, int mxHosts, MailPlan plan) {
        boolean unknown = status == DomainStatus.DNS_ERROR;
        boolean answered = !unknown || mxHosts > 0;
        return new ExpectedVerdict(
                ExpectedProvider.NOBODY,
                status,
                unknown ? Adoption.UNKNOWN : null,
                unknown ? Level.UNKNOWN : null,
                mxHosts,
                0,
                0,
                0,
                mxHosts,
                null,
                null,
                null,
                measured == Measured.ENFORCEMENT && answered && !isSecure(plan)
                        ? DaneState.NONE
                        : DaneState.NOT_MEASURED,
                MtaStsState.NOT_MEASURED,
                TlsRptState.NOT_MEASURED,
                null);
    }

    /** That a domain does not exist is said by its top-level domain, and these are all signed. */
    private static boolean isSecure(MailPlan plan) {
        return plan.routing() == MailPlan.Routing.NXDOMAIN || plan.signing() == Signing.SIGNED;
    }

    private static boolean none(List<ExpectedHost> hosts, Addressing addressing) {
        return hosts.stream().noneMatch(host -> host.asked() && host.plan().addressing() == addressing);
    }

    private static int count(List<ExpectedHost> hosts, Predicate<ExpectedHost> property) {
        return (int) hosts.stream().filter(property).count();
    }

    private static Adoption adoption(int yes, int no, int mixed) {
        if (yes + no + mixed == 0) {
            return Adoption.UNKNOWN;
        }
        if (yes == 0 && mixed == 0) {
            return Adoption.NONE;
        }
        return no == 0 && mixed == 0 ? Adoption.ALL : Adoption.SOME;
    }

    private static Level level(Adoption adoption, List<ExpectedHost> hosts, DaneState dane, MtaStsState mtaSts) {
        return switch (adoption) {
            case NONE -> Level.PLAINTEXT;
            case SOME -> Level.PARTIAL;
            case UNKNOWN -> Level.UNKNOWN;
            case ALL -> {
                if (dane == DaneState.VALID || mtaSts == MtaStsState.ENFORCE) {
                    yield Level.ENFORCED;
                }
                yield ExpectedHost.allAuthenticate(hosts) ? Level.AUTHENTICABLE : Level.OPPORTUNISTIC;
            }
        };
    }

    private static <T extends Comparable<T>> T lowest(List<ExpectedHost> hosts, Function<ServerKind, T> property) {
        return hosts.stream()
                .flatMap(host -> host.secured().stream())
                .map(property)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static CertificateClass certificateClass(List<ExpectedHost> hosts) {
        return hosts.stream()
                .filter(host -> !host.secured().isEmpty())
                .map(host -> host.plan().certificate().kind().expected())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
