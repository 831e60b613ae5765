package org.mailpulse.probe.pace;

import java.time.Duration;

/**
 * How fast strangers' servers are connected to. Where both gaps are 0 only the limits of open connections hold, and
 * nothing is slowed down.
 *
 * @param total connections open at the same time, at least 1
 * @param perAddress of them at one address, at least 1
 * @param gap from the start of one connection to the start of the next at the same address; 0 allowed
 * @param perNetwork connections open at the same time to one network: the /24 of an IPv4 address, the /48 of an IPv6
 *     address; at least 1
 * @param networkGap as gap, within one network
 */
public record Pace(int total, int perAddress, Duration gap, int perNetwork, Duration networkGap) {
    public Pace {
        if (total < 1 || perAddress < 1 || perNetwork < 1) {
            throw new IllegalArgumentException("at least one connection must be allowed: " + total + " in all, "
                    + perAddress + " at an address, " + perNetwork + " in a network");
        }
        if (gap.isNegative() || networkGap.isNegative()) {
            throw new IllegalArgumentException("gaps must not be negative: " + gap + ", " + networkGap);
        }
    }
}
