package org.mailpulse.stream.count;

import java.util.List;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;
import org.mailpulse.model.rollup.VerdictDigest;

/** Such domains use the host. */
public record HostUse(String survey, String vantage, int methodVersion, UsedBy by, HostDigest host) {

    static HostUse of(HostsInUse domain, HostDigest host) {
        VerdictDigest digest = domain.domain();
        return new HostUse(
                domain.survey(),
                domain.vantage(),
                digest.methodVersion(),
                new UsedBy(digest.populations(), digest.tld(), digest.provider()),
                host);
    }

    /** What tells most uses apart comes first: as many are compared as domains have hosts. */
    @Override
    public boolean equals(Object other) {
        return other instanceof HostUse use
                && host.host() == use.host.host()
                && host.equals(use.host)
                && by.equals(use.by)
                && methodVersion == use.methodVersion
                && survey.equals(use.survey)
                && vantage.equals(use.vantage);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(host.host()) + by.hashCode();
    }

    public Key key() {
        return new Key(survey, vantage, methodVersion, host.host());
    }

    List<HostRollupKey> cells() {
        return cells(by);
    }

    /** @param others domains that use the same host */
    List<HostRollupKey> cells(UsedBy others) {
        return HostRollupKey.cellsOf(
                survey, vantage, others.populations(), others.tld(), others.provider(), methodVersion);
    }

    /** One host in one survey, as one vantage point sees it. */
    public record Key(String survey, String vantage, int methodVersion, long host) {
        /** See {@link DomainKey#hashCode()}. */
        @Override
        public int hashCode() {
            int hash = 31 + survey.hashCode();
            hash = 31 * hash + vantage.hashCode();
            hash = 31 * hash + methodVersion;
            return 31 * hash + Long.hashCode(host);
        }
    }
}
