package org.mailpulse.stream.count;

/**
 * Gives equal values as one object, as far as it remembers: what comes off the network is a new object each time, and
 * millions of domains remember the same few providers, suffixes and hosts. Each value has but one place where it may be
 * remembered, so that it costs next to nothing where values do not repeat.
 */
final class Canonical<T> {
    private final Object[] remembered;

    /** @param places a power of two */
    Canonical(int places) {
        remembered = new Object[places];
    }

    /** @param value immutable */
    T of(T value) {
        if (value == null) {
            return null;
        }
        int place = place(value);
        @SuppressWarnings("unchecked")
        T known = (T) remembered[place];
        if (value.equals(known)) {
            return known;
        }
        remembered[place] = value;
        return value;
    }

    /** Whether an equal value came by already; not known of one that another has displaced. */
    boolean isNew(T value) {
        return of(value) == value;
    }

    private int place(T value) {
        int hash = value.hashCode();
        return (hash ^ hash >>> 16) & remembered.length - 1;
    }
}
