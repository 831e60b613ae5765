package org.mailpulse.simulator.world;

import java.time.YearMonth;

/**
 * What a world is made from; equal settings make equal worlds.
 *
 * @param domains 1…10,000,000
 * @param surveys 1…240 months
 * @param first month of survey 0
 * @param hostile share of independent MX hosts that misbehave, 0…1
 * @param ipv6 some MX hosts also have the address {@code ::1}
 */
public record WorldSettings(long seed, int domains, int surveys, YearMonth first, double hostile, boolean ipv6) {
    public WorldSettings {
        if (domains < 1 || domains > 10_000_000) {
            throw new IllegalArgumentException("domains must be 1…10000000, is " + domains);
        }
        if (surveys < 1 || surveys > 240) {
            throw new IllegalArgumentException("surveys must be 1…240, is " + surveys);
        }
        if (!(hostile >= 0 && hostile <= 1)) {
            throw new IllegalArgumentException("hostile must be 0…1, is " + hostile);
        }
    }
}
