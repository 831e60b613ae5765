package org.mailpulse.simulator.truth;

/**
 * Where a prober stands. In the simulation its EHLO name tells: {@code probe.qs} stands in the country of {@code .qs}.
 *
 * @param name as it is written into the rows
 */
public record Vantage(String name, String ehloName) {
    /** A prober outside every country. */
    public static Vantage neutral(String name) {
        return new Vantage(name, "probe.example");
    }

    public String tld() {
        return ehloName.substring(ehloName.lastIndexOf('.') + 1);
    }
}
