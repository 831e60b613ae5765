package org.mailpulse.probe.policy;

import java.time.Duration;

/**
 * @param port of policy hosts; 443 but for laboratories
 * @param userAgent says who asks
 * @param allowPrivate whether addresses that are not public are connected to
 * @param connect for a TCP connection
 * @param whole for one try from the first packet to the last
 * @param again how long after a failure it is tried once more
 */
public record PolicySettings(
        int port, String userAgent, boolean allowPrivate, Duration connect, Duration whole, Duration again) {}
