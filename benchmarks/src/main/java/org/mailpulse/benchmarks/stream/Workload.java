package org.mailpulse.benchmarks.stream;

import java.time.YearMonth;

/**
 * What is written to the topic: every domain once in each survey, some of them twice, some asked again with another
 * result. Surveys are months, and the last one is {@link #LAST}.
 *
 * @param domains at least 1
 * @param surveys at least 1
 */
record Workload(int domains, int surveys) {
    static final YearMonth LAST = YearMonth.of(2026, 11);

    /** Every n-th domain's record comes a second time, the same to the last byte. */
    private static final int DUPLICATE_EACH = 33;

    /** Every n-th domain is observed again, an hour later. */
    private static final int PROBED_AGAIN_EACH = 30;

    String survey(int number) {
        return LAST.minusMonths(surveys - 1L - number).toString();
    }

    boolean isDuplicated(int domain) {
        return domain % DUPLICATE_EACH == 1;
    }

    boolean isProbedAgain(int domain) {
        return domain % PROBED_AGAIN_EACH == 2;
    }

    /** Observations on the topic. */
    long observations() {
        long twice = multiples(DUPLICATE_EACH, 1) + multiples(PROBED_AGAIN_EACH, 2);
        return (domains + twice) * surveys;
    }

    /** Clock records on the topic: each survey is closed on each partition. */
    long clocks(int partitions) {
        return (long) surveys * partitions;
    }

    /** How many of 0…domains−1 leave the rest. */
    private long multiples(int divisor, int rest) {
        return domains <= rest ? 0 : (domains - 1 - rest) / divisor + 1;
    }
}
