package org.mailpulse.simulator.world;

import java.util.List;

/**
 * Index ↔ name. A name is words and the index in base 36, e.g. {@code amberfield-1z.xn}: unique by its index, and a name
 * is ours only if the index in it leads back to exactly this name.
 */
final class Naming {
    private static final int RADIX = 36;
    private static final int MAX_INDEX_DIGITS = 6;

    /** Every twelfth domain is a public body's, up to this index: a country has only so many. */
    private static final int GOVERNMENT_STEP = 12;

    private static final int GOVERNMENT_END = 60_000;
    private static final List<Tld> GOVERNED = List.of(Tld.XN, Tld.XL, Tld.QS);

    /** Four of ten independent mail hosters hold nearly all of the customers; the list is long all the same. */
    static final int SMALL_HOSTERS = 4_000;

    static final String SMALL_HOSTER_SUFFIX = ".test";

    private final Draw draw;
    private final int domains;

    Naming(Draw draw, int domains) {
        this.draw = draw;
        this.domains = domains;
    }

    Domain domain(int index) {
        if (index < 0 || index >= domains) {
            throw new IllegalArgumentException("index must be 0…" + (domains - 1) + ", is " + index);
        }
        return isGovernment(index) ? government(index) : ordinary(index);
    }

    String name(int index) {
        return domain(index).name();
    }

    /** @return -1 for a name that is not in the world; expects lower case, no trailing dot */
    int indexOf(String name) {
        int dot = name.indexOf('.');
        if (dot < 0 || dot != name.lastIndexOf('.')) {
            return -1;
        }
        int index = indexIn(name.substring(0, dot), domains);
        return index >= 0 && name(index).equals(name) ? index : -1;
    }

    String smallHoster(int hoster) {
        return words(~hoster) + "-" + Integer.toString(hoster, RADIX) + SMALL_HOSTER_SUFFIX;
    }

    /** @return -1 for a name that is not one of {@link #smallHoster} */
    int smallHosterOf(String name) {
        if (!name.endsWith(SMALL_HOSTER_SUFFIX)) {
            return -1;
        }
        int hoster = indexIn(name.substring(0, name.length() - SMALL_HOSTER_SUFFIX.length()), SMALL_HOSTERS);
        return hoster >= 0 && smallHoster(hoster).equals(name) ? hoster : -1;
    }

    private static boolean isGovernment(int index) {
        return index % GOVERNMENT_STEP == 0 && index < GOVERNMENT_END;
    }

    private Domain ordinary(int index) {
        Tld tld = tld(draw.unit(Aspect.TLD, index));
        String name = words(index) + "-" + Integer.toString(index, RADIX) + "." + tld.label();
        String zone = "zone-" + tld.label();
        boolean popular = draw.unit(Aspect.POPULAR, index) < 0.2;
        return new Domain(
                index, name, tld, popular ? List.of("popular", zone) : List.of(zone), "", "", tld.countryCode());
    }

    private Domain government(int index) {
        int rank = index / GOVERNMENT_STEP;
        Tld tld = GOVERNED.get(rank % GOVERNED.size());
        int number = rank / GOVERNED.size();
        String digits = Integer.toString(index, RADIX);
        String label;
        String organisation;
        String category;
        if (number < Words.MINISTRIES.size()) {
            String topic = Words.MINISTRIES.get(number);
            label = topic + "-ministry-" + digits;
            organisation = "Ministry of " + Words.capitalised(topic) + " of " + tld.country();
            category = "ministry";
        } else if (draw.unit(Aspect.CATEGORY, index) < 0.2) {
            label = words(index) + "-agency-" + digits;
            organisation = Words.capitalised(words(index)) + " Agency";
            category = "agency";
        } else {
            label = words(index) + "-town-" + digits;
            organisation = "Municipality of " + Words.capitalised(words(index));
            category = "municipality";
        }
        return new Domain(
                index,
                label + "." + tld.label(),
                tld,
                List.of(tld.label() + "-government"),
                organisation,
                category,
                tld.countryCode());
    }

    private String words(long owner) {
        return draw.pick(Words.FIRST, Aspect.WORD, owner, 0) + draw.pick(Words.SECOND, Aspect.WORD, owner, 1);
    }

    private static Tld tld(double unit) {
        double left = unit;
        for (Tld tld : Tld.values()) {
            left -= tld.weight();
            if (left < 0) {
                return tld;
            }
        }
        return Tld.WARES; // rounding
    }

    private static int indexIn(String label, int end) {
        int dash = label.lastIndexOf('-');
        int digits = label.length() - dash - 1;
        if (dash < 0 || digits < 1 || digits > MAX_INDEX_DIGITS) {
            return -1;
        }
        long index = 0;
        for (int i = dash + 1; i < label.length(); i++) {
            int digit = Character.digit(label.charAt(i), RADIX);
            if (digit < 0) {
                return -1;
            }
            index = index * RADIX + digit;
        }
        return index < end ? (int) index : -1;
    }
}
