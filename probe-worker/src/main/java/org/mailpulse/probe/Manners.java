package org.mailpulse.probe;

import java.time.Duration;
import java.util.List;
import org.mailpulse.probe.pace.Pace;
import org.mailpulse.probe.pace.Rate;
import org.mailpulse.probe.resolve.HostNames;

/**
 * How to behave towards networks, towards those who don't want to be asked, and when one's own way out is broken.
 *
 * @param perNetwork connections open at the same time to one network (/24 or /48); null means eight times those to an
 *     address, or no limit where addresses have no gap
 * @param networkGap from the start of one connection to the start of the next in the same network; null means a
 *     twentieth of the gap of an address
 * @param rate connections started per second in all, more than 0; null means no limit
 * @param txtOptOut whether domains and MX hosts can keep us away by a TXT record
 * @param canaries MX hosts known to offer STARTTLS, by which the vantage point watches itself; at most 10
 * @param canaryEvery from one look at them to the next, 0.1 s…10 min
 */
public record Manners(
        Integer perNetwork,
        Duration networkGap,
        Double rate,
        boolean txtOptOut,
        List<String> canaries,
        Duration canaryEvery) {
    private static final int NETWORK_FACTOR = 8;
    private static final int NETWORK_GAP_DIVISOR = 20;
    private static final double MIN_RATE = 0.01;
    private static final double MAX_RATE = 1_000_000;
    private static final int MAX_CANARIES = 10;
    private static final Duration LEAST_EVERY = Duration.ofMillis(100);
    /** A "no" waits for a quarter of it: longer, and the coordinator would take the target for lost. */
    private static final Duration MOST_EVERY = Duration.ofMinutes(10);

    static final Manners DEFAULT = new Manners(null, null, null, true, List.of(), Duration.ofMinutes(2));

    public Manners {
        canaries = List.copyOf(canaries);
        ProbeSettings.check(perNetwork == null || perNetwork >= 1, "perNetwork", "at least 1", perNetwork);
        ProbeSettings.check(networkGap == null || ProbeSettings.isPause(networkGap), "networkGap", "0…1 h", networkGap);
        ProbeSettings.check(
                rate == null || (rate >= MIN_RATE && rate <= MAX_RATE), "rate", "0.01…1000000 per second", rate);
        ProbeSettings.check(canaries.size() <= MAX_CANARIES, "canary", "at most " + MAX_CANARIES, canaries.size());
        for (String canary : canaries) {
            ProbeSettings.check(HostNames.isHostName(canary), "canary", "host names", canary);
        }
        ProbeSettings.check(
                canaryEvery != null
                        && canaryEvery.compareTo(LEAST_EVERY) >= 0
                        && canaryEvery.compareTo(MOST_EVERY) <= 0,
                "canaryEvery",
                "0.1 s…10 min",
                canaryEvery);
    }

    Manners withPerNetwork(Integer value) {
        return new Manners(value, networkGap, rate, txtOptOut, canaries, canaryEvery);
    }

    Manners withNetworkGap(Duration value) {
        return new Manners(perNetwork, value, rate, txtOptOut, canaries, canaryEvery);
    }

    Manners withRate(Double value) {
        return new Manners(perNetwork, networkGap, value, txtOptOut, canaries, canaryEvery);
    }

    Manners withTxtOptOut(boolean value) {
        return new Manners(perNetwork, networkGap, rate, value, canaries, canaryEvery);
    }

    Manners withCanaries(List<String> hosts) {
        return new Manners(perNetwork, networkGap, rate, txtOptOut, hosts, canaryEvery);
    }

    Manners withCanaryEvery(Duration value) {
        return new Manners(perNetwork, networkGap, rate, txtOptOut, canaries, value);
    }

    /** What is not set for networks goes by what is set for addresses; no gap for addresses means none at all. */
    Pace pace(int concurrency, int perAddress, Duration gap) {
        int usual = gap.isZero() ? concurrency : (int) Math.min((long) NETWORK_FACTOR * perAddress, concurrency);
        return new Pace(
                concurrency,
                perAddress,
                gap,
                perNetwork == null ? Math.max(1, usual) : perNetwork,
                networkGap == null ? gap.dividedBy(NETWORK_GAP_DIVISOR) : networkGap);
    }

    Rate newRate() {
        return rate == null ? Rate.unlimited() : Rate.perSecond(rate);
    }
}
