package org.mailpulse.stream.count;

import java.util.List;
import org.mailpulse.model.rollup.HostDigest;
import org.mailpulse.model.rollup.VerdictDigest;

/** The MX hosts of a domain, told when its survey closes. */
public record HostsInUse(String survey, String vantage, VerdictDigest domain, List<HostDigest> hosts) {}
