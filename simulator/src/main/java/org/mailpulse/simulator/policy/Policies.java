package org.mailpulse.simulator.policy;

import java.util.List;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.MailPlan;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.MailPlan.Mx;
import org.mailpulse.simulator.world.World;

/** Policy host by name → what it presents and holds. */
final class Policies {
    static final String PATH = "/.well-known/mta-sts.txt";

    /** Where the policy of a host is that sends its visitors on. */
    static final String MOVED_PATH = "/policies/mta-sts.txt";

    private static final String PREFIX = "mta-sts.";

    /** Far above the 64 kilobytes that RFC 8461 §3.3 finds generous. */
    private static final int HUGE_LINES = 8_000;

    private final World world;

    Policies(World world) {
        this.world = world;
    }

    /**
     * One policy host in one survey.
     *
     * @param domain number of the domain that it speaks for
     */
    record Site(int domain, String host, MailPlan plan) {
        MtaStsPlan mtaSts() {
            return plan.mtaSts();
        }

        CertificatePlan certificate() {
            CertificateKind kind =
                    mtaSts() == MtaStsPlan.EXPIRED_CERTIFICATE ? CertificateKind.EXPIRED : CertificateKind.VALID;
            String name = mtaSts() == MtaStsPlan.WRONG_NAME ? "www." + host : host;
            return new CertificatePlan(kind, false, List.of(name));
        }

        boolean moved() {
            return mtaSts() == MtaStsPlan.REDIRECTS;
        }

        /** @return null where there is none */
        String text() {
            return switch (mtaSts()) {
                case NONE, NO_HOST, NOT_FOUND -> null;
                case TESTING -> policy("mode: testing\r\n" + patterns());
                case MODE_NONE -> policy("mode: none\r\n");
                case MISMATCH -> policy("mode: enforce\r\nmx: mx.elsewhere.example\r\nmx: *.elsewhere.example\r\n");
                case INVALID_POLICY -> policy(patterns());
                case HUGE -> policy("mode: enforce\r\n" + patterns() + "x-remark: and so on\r\n".repeat(HUGE_LINES));
                case ENFORCE, EXPIRED_CERTIFICATE, BROKEN_TLS, INVALID_RECORD, RECORD_FAILS, WRONG_NAME, REDIRECTS ->
                    policy("mode: enforce\r\n" + patterns());
            };
        }

        private static String policy(String middle) {
            return "version: STSv1\r\n" + middle + "max_age: 604800\r\n";
        }

        private String patterns() {
            StringBuilder lines = new StringBuilder();
            plan.mx().stream()
                    .map(Mx::host)
                    .map(mx -> domain % 3 == 0 ? wildcard(mx) : mx)
                    .distinct()
                    .forEach(pattern -> lines.append("mx: ").append(pattern).append("\r\n"));
            return lines.toString();
        }

        private static String wildcard(String mxHost) {
            int dot = mxHost.indexOf('.');
            return dot < 0 ? mxHost : "*" + mxHost.substring(dot);
        }
    }

    /** @return null for a name that is not a policy host's; expects lower case */
    Site site(String host, int survey) {
        int domain = host.startsWith(PREFIX) ? world.indexOf(host.substring(PREFIX.length())) : -1;
        if (domain < 0) {
            return null;
        }
        MailPlan plan = world.plan(domain, survey);
        boolean there = plan.mtaSts() != MtaStsPlan.NONE && plan.mtaSts() != MtaStsPlan.NO_HOST;
        return there ? new Site(domain, host, plan) : null;
    }
}
