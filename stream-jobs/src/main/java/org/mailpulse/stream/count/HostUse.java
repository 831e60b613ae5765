package org.mailpulse.stream.count;

import java.util.Objects;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;

/** A domain of the cell uses the host. */
public record HostUse(HostRollupKey cell, HostDigest host) {

    public Key key() {
        return new Key(cell, host.host());
    }

    /** One host in one cell. */
    public record Key(HostRollupKey cell, long host) {
        /** See {@link DomainKey#hashCode()}. */
        @Override
        public int hashCode() {
            return Objects.hash(cell, host);
        }
    }
}
