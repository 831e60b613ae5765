package org.mailpulse.stream.intake;

import java.util.List;
import org.mailpulse.model.observation.Observation;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.verdict.DomainJudge;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.verdict.MxHostVerdict;

/**
 * A verdict and the rank of the observation that it rests on.
 *
 * @param hosts the domain's MX hosts; none where its mail goes nowhere that is known
 * @param latePlace where the observation lies, if a clock record that closes its survey lies before it; else null
 */
public record JudgedDomain(DomainVerdict verdict, Rank rank, String latePlace, List<HostDigest> hosts) {

    public static JudgedDomain of(Observation seen, Method method, Rank rank, String latePlace) {
        List<MxHostVerdict> hosts = MxHostVerdict.judge(seen.mxHosts());
        return of(DomainJudge.judge(seen, hosts, method), hosts, rank, latePlace);
    }

    /** @param seen what the verdict rests on */
    public static JudgedDomain of(DomainVerdict verdict, Observation seen, Rank rank, String latePlace) {
        return of(verdict, MxHostVerdict.judge(seen.mxHosts()), rank, latePlace);
    }

    private static JudgedDomain of(DomainVerdict verdict, List<MxHostVerdict> hosts, Rank rank, String latePlace) {
        boolean counted = verdict.status() == DomainStatus.OK;
        return new JudgedDomain(verdict, rank, latePlace, counted ? HostDigest.of(hosts) : List.of());
    }

    public boolean isLate() {
        return latePlace != null;
    }
}
