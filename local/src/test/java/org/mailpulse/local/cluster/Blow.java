package org.mailpulse.local.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One kill to come.
 *
 * @param number which of several of its kind, modulo their number
 * @param share of the targets that must have an answer first, 0…1
 * @param delayMillis from then
 * @param downMillis how long it stays away
 */
record Blow(Victim victim, int number, double share, int delayMillis, int downMillis) {
    /** Surely before the end. */
    private static final double LAST_SHARE = 0.95;

    private static final int MOST_DELAY_MILLIS = 1_000;
    private static final int LEAST_DOWN_MILLIS = 200;
    private static final int MOST_DOWN_MILLIS = 6_000;

    /** Each victim once at any moment, and one more of them while the survey is being closed; in the order of time. */
    static List<Blow> schedule(long seed) {
        // of seeds that follow each other, as those of the runs do, java.util.Random makes first numbers that hardly
        // differ
        SplittableRandom random = new SplittableRandom(seed);
        List<Blow> blows = new ArrayList<>();
        for (Victim victim : Victim.values()) {
            blows.add(random(victim, random.nextDouble() * LAST_SHARE, random));
        }
        Victim[] all = Victim.values();
        blows.add(random(all[random.nextInt(all.length)], 1, random));
        blows.sort(Comparator.comparingDouble(Blow::share));
        return blows;
    }

    private static Blow random(Victim victim, double share, SplittableRandom random) {
        int down = LEAST_DOWN_MILLIS + random.nextInt(MOST_DOWN_MILLIS - LEAST_DOWN_MILLIS);
        return new Blow(victim, random.nextInt(1 << 16), share, random.nextInt(MOST_DELAY_MILLIS), down);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s at %.0f %% + %d ms for %d ms", victim, share * 100, delayMillis, downMillis);
    }
}
