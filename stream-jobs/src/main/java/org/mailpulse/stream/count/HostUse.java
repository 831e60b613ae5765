package org.mailpulse.stream.count;

import java.util.List;
import java.util.Objects;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.VerdictDigest;

/** Domains of these populations, this top-level domain and this provider use the host. */
public record HostUse(
        String survey,
        String vantage,
        int methodVersion,
        List<String> populations,
        String tld,
        String provider,
        HostDigest host) {

    static HostUse of(HostsInUse domain, HostDigest host) {
        VerdictDigest digest = domain.domain();
        return new HostUse(
                domain.survey(),
                domain.vantage(),
                digest.methodVersion(),
                digest.populations(),
                digest.tld(),
                digest.provider(),
                host);
    }

    public Key key() {
        return new Key(survey, vantage, methodVersion, host.host());
    }

    /** One host in one survey, as one vantage point sees it. */
    public record Key(String survey, String vantage, int methodVersion, long host) {
        /** See {@link DomainKey#hashCode()}. */
        @Override
        public int hashCode() {
            return Objects.hash(survey, vantage, methodVersion, host);
        }
    }
}
