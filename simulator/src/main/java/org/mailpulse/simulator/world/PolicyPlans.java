package org.mailpulse.simulator.world;

import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.TlsRptPlan;

/** Who publishes an MTA-STS policy (RFC 8461), and how well; who asks for reports (RFC 8460). */
final class PolicyPlans {
    private final Draw draw;

    PolicyPlans(Draw draw) {
        this.draw = draw;
    }

    MtaStsPlan mtaSts(Domain domain, int survey) {
        double share = (0.03 + 0.004 * survey) * (domain.isGovernment() ? 2 : 1);
        if (draw.unit(Aspect.MTA_STS, domain.index()) >= share) {
            return MtaStsPlan.NONE;
        }
        double rank = draw.unit(Aspect.MTA_STS_FAULT, domain.index());
        if (rank < 0.5) {
            return MtaStsPlan.ENFORCE;
        }
        if (rank < 0.75) {
            return MtaStsPlan.TESTING;
        }
        MtaStsPlan[] rest = MtaStsPlan.values();
        int first = MtaStsPlan.MODE_NONE.ordinal();
        return rest[first + (int) ((rank - 0.75) / 0.25 * (rest.length - first))];
    }

    /** Those who have a policy often want to know how it does. */
    TlsRptPlan tlsRpt(int index, MtaStsPlan mtaSts) {
        if (draw.unit(Aspect.TLS_REPORTS, index) >= (mtaSts == MtaStsPlan.NONE ? 0.01 : 0.6)) {
            return TlsRptPlan.NONE;
        }
        double rank = draw.unit(Aspect.TLS_REPORTS_MANNER, index);
        if (rank < 0.5) {
            return TlsRptPlan.MAIL;
        }
        TlsRptPlan[] rest = TlsRptPlan.values();
        int first = TlsRptPlan.MAIL_AND_HTTPS.ordinal();
        return rest[first + (int) ((rank - 0.5) / 0.5 * (rest.length - first))];
    }
}
