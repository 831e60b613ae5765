package org.mailpulse.stream.count;

import java.util.Set;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.HostRollupKey;

/**
 * What stands in the counts for an MX host in one survey: state.
 *
 * @param newest what it is counted by
 * @param cells in which it is counted; for a giant's host thousands
 */
public record CountedHost(HostDigest newest, Set<HostRollupKey> cells) {}
