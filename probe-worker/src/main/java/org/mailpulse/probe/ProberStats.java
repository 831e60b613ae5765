package org.mailpulse.probe;

/**
 * A look at the prober.
 *
 * @param domains observed so far
 * @param endpoints probed or skipped so far
 * @param connections made so far
 * @param connectionsOpen now
 * @param waiting connections that wait for their turn
 * @param dnsInFlight queries that wait for their answer
 */
public record ProberStats(
        long domains, long endpoints, long connections, int connectionsOpen, int waiting, int dnsInFlight) {}
