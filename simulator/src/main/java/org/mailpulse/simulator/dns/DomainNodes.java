package org.mailpulse.simulator.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.mailpulse.simulator.policy.PolicyAddresses;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.Manner;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.MailPlan.Routing;
import org.mailpulse.simulator.world.MailPlan.TlsRptPlan;
import org.mailpulse.simulator.world.World;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a surveyed domain says about its mail: routes, and the policies of RFC 8461 and RFC 8460. */
final class DomainNodes {
    private static final String ALIAS = "alias.";

    private final World world;

    DomainNodes(World world) {
        this.world = world;
    }

    IntFunction<List<Record>> apex(Name name, String domain, MailPlan plan, int survey) {
        if (plan.alias()) {
            return type -> type == Type.CNAME ? List.of(Records.cname(name, ALIAS + domain)) : List.of();
        }
        return type -> records(name, plan, domain, type, survey);
    }

    /** @return null for a name that is not the domain's own affair */
    Node below(Name name, String relative, Zone zone, int index, int survey) {
        return switch (relative) {
            case ALIAS -> {
                MailPlan plan = world.plan(index, survey);
                String domain = world.domain(index).name();
                yield plan.alias()
                        ? Node.present(name, zone, type -> records(name, plan, domain, type, survey))
                        : Node.absent(name, zone);
            }
            case "_mta-sts." -> mtaStsRecord(name, zone, index, survey);
            case "mta-sts." -> policyHost(name, zone, index, survey);
            case "_tls." ->
                world.plan(index, survey).tlsRpt() == TlsRptPlan.NONE
                        ? Node.absent(name, zone)
                        : Node.empty(name, zone);
            case "_smtp._tls." -> reports(name, zone, index, survey);
            default -> null;
        };
    }

    private Node mtaStsRecord(Name name, Zone zone, int index, int survey) {
        MtaStsPlan plan = world.plan(index, survey).mtaSts();
        if (plan == MtaStsPlan.NONE) {
            return Node.absent(name, zone);
        }
        if (plan == MtaStsPlan.RECORD_FAILS) {
            return Node.empty(name, zone).in(Manner.SERVFAIL);
        }
        String id = plan == MtaStsPlan.INVALID_RECORD
                ? ""
                : " id=" + world.surveyName(survey).replace("-", "") + ";";
        List<Record> texts = new ArrayList<>(List.of(Records.txt(name, "v=STSv1;" + id)));
        if (index % 4 == 0) {
            texts.add(Records.txt(name, "v=spf1 -all")); // to be passed over (RFC 8461 §3.1)
        }
        return Node.present(name, zone, type -> type == Type.TXT ? texts : List.of());
    }

    private Node policyHost(Name name, Zone zone, int index, int survey) {
        MtaStsPlan plan = world.plan(index, survey).mtaSts();
        if (plan == MtaStsPlan.NONE || plan == MtaStsPlan.NO_HOST) {
            return Node.absent(name, zone);
        }
        return Node.present(
                name, zone, type -> type == Type.A ? List.of(Records.a(name, PolicyAddresses.of(index))) : List.of());
    }

    private Node reports(Name name, Zone zone, int index, int survey) {
        String domain = world.domain(index).name();
        String mail = "v=TLSRPTv1; rua=mailto:tls-reports@" + domain;
        return switch (world.plan(index, survey).tlsRpt()) {
            case NONE -> Node.absent(name, zone);
            case FAILS -> Node.empty(name, zone).in(Manner.SERVFAIL);
            case MAIL -> texts(name, zone, mail);
            case MAIL_AND_HTTPS -> texts(name, zone, mail + ", https://reports." + domain + "/v1/tls;");
            case NOBODY -> texts(name, zone, "v=TLSRPTv1;");
            case TWICE -> texts(name, zone, mail, "v=TLSRPTv1; rua=mailto:postmaster@" + domain);
        };
    }

    private static Node texts(Name name, Zone zone, String... texts) {
        List<Record> records =
                Stream.of(texts).<Record>map(text -> Records.txt(name, text)).toList();
        return Node.present(name, zone, type -> type == Type.TXT ? records : List.of());
    }

    private List<Record> records(Name owner, MailPlan plan, String domain, int type, int survey) {
        return switch (type) {
            case Type.MX -> mx(owner, plan);
            case Type.TXT -> List.of(Records.txt(owner, spf(plan)));
            case Type.A, Type.AAAA ->
                plan.routing() == Routing.IMPLICIT_MX
                        ? world.host(domain, survey)
                                .map(host -> Records.addresses(owner, host, type))
                                .orElse(List.of())
                        : List.of();
            default -> List.of();
        };
    }

    private static List<Record> mx(Name owner, MailPlan plan) {
        if (plan.routing() == Routing.NULL_MX) {
            return List.of(new MXRecord(owner, DClass.IN, Zone.TTL_SECONDS, 0, Name.root));
        }
        List<Record> records = new ArrayList<>(plan.mx().size());
        for (Mx mx : plan.mx()) {
            records.add(new MXRecord(owner, DClass.IN, Zone.TTL_SECONDS, mx.preference(), Records.name(mx.host())));
        }
        return records;
    }

    private static String spf(MailPlan plan) {
        return plan.routing() == Routing.NULL_MX ? "v=spf1 -all" : "v=spf1 mx -all";
    }
}
