package org.mailpulse.simulator.world;

import static org.mailpulse.simulator.world.CertificateKind.DEMO;
import static org.mailpulse.simulator.world.CertificateKind.DEMO_SUBJECT;
import static org.mailpulse.simulator.world.CertificateKind.EXPIRED;
import static org.mailpulse.simulator.world.CertificateKind.INCOMPLETE_CHAIN;
import static org.mailpulse.simulator.world.CertificateKind.NOT_YET_VALID;
import static org.mailpulse.simulator.world.CertificateKind.RSA_1024;
import static org.mailpulse.simulator.world.CertificateKind.SELF_SIGNED;
import static org.mailpulse.simulator.world.CertificateKind.SHA_1;
import static org.mailpulse.simulator.world.CertificateKind.UNKNOWN_CA;
import static org.mailpulse.simulator.world.CertificateKind.VALID;
import static org.mailpulse.simulator.world.CertificateKind.WRONG_NAME;

import java.util.List;

/** Mail servers that no big provider runs: the self-hosted and the small hosters'. Each goes its own way through time. */
final class Independents {
    private static final double FALL_SHARE = 0.01;
    private static final double LAPSE_SHARE = 0.01;

    /** What is presented where nobody took care; in proportion to how often each stands here. */
    private static final List<CertificateKind> CARELESS = List.of(
            SELF_SIGNED,
            SELF_SIGNED,
            SELF_SIGNED,
            SELF_SIGNED,
            SELF_SIGNED,
            SELF_SIGNED,
            SELF_SIGNED,
            EXPIRED,
            EXPIRED,
            EXPIRED,
            WRONG_NAME,
            WRONG_NAME,
            WRONG_NAME,
            DEMO,
            DEMO_SUBJECT,
            INCOMPLETE_CHAIN,
            INCOMPLETE_CHAIN,
            UNKNOWN_CA,
            NOT_YET_VALID,
            RSA_1024,
            SHA_1);

    private final Draw draw;
    private final double hostile;
    private final int surveys;

    Independents(Draw draw, double hostile, int surveys) {
        this.draw = draw;
        this.hostile = hostile;
        this.surveys = surveys;
    }

    /**
     * @param owner number that is unique to who runs the server
     * @param host ordinal of the MX host
     * @param adoption share of such servers that offer STARTTLS in this survey; must not fall from survey to survey
     */
    ServerKind server(long owner, int host, double adoption, int survey) {
        if (draw.unit(Aspect.HOSTILE, owner, host) < hostile) {
            return draw.pick(ServerKind.HOSTILE, Aspect.HOSTILE_KIND, owner, host);
        }
        return offers(owner, host, adoption, survey) ? generation(owner, host, survey) : ServerKind.PLAIN;
    }

    /** The MX hosts of one owner mostly go together, a backup now and then is forgotten. */
    private boolean offers(long owner, int host, double adoption, int survey) {
        boolean fallen =
                draw.unit(Aspect.FALL, owner) < FALL_SHARE && survey > draw.below(surveys, Aspect.FALL, owner, 1);
        boolean together = draw.unit(Aspect.HOST_ADOPTION, owner, host) < 0.8;
        return !fallen && draw.unit(Aspect.ADOPTION, owner, together ? 0 : host) < adoption;
    }

    private ServerKind generation(long owner, int host, int survey) {
        double rank = draw.unit(Aspect.GENERATION, owner, host);
        if (rank < Math.min(0.6, 0.03 + 0.012 * survey)) {
            return ServerKind.TLS13_HYBRID;
        }
        if (rank < Math.min(0.94, 0.70 + 0.01 * survey)) {
            return ServerKind.TLS13;
        }
        if (rank < 0.955) {
            return ServerKind.TLS12;
        }
        if (rank < 0.97) {
            return ServerKind.TLS12_STATIC_RSA;
        }
        return rank < 0.98 ? ServerKind.TLS11 : ServerKind.TLS10;
    }

    CertificatePlan certificate(long owner, int host, String name, ServerKind server, int survey) {
        CertificateKind kind = certificateKind(owner, host, survey);
        boolean rsa = server.needsRsa() || draw.unit(Aspect.KEY, owner, host) < 0.4;
        return new CertificatePlan(kind, rsa || kind == RSA_1024, List.of(kind == WRONG_NAME ? "old-" + name : name));
    }

    private CertificateKind certificateKind(long owner, int host, int survey) {
        if (draw.unit(Aspect.CERTIFICATE, owner, host) < Math.min(0.9, 0.5 + 0.012 * survey)) {
            return draw.unit(Aspect.CERTIFICATE_LAPSE, owner, survey) < LAPSE_SHARE ? EXPIRED : VALID;
        }
        return draw.pick(CARELESS, Aspect.CERTIFICATE, owner, host + 1_000L);
    }
}
