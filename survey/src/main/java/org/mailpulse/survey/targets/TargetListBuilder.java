package org.mailpulse.survey.targets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Numbers the domains and merges what several lines say of one. Equal population sets and details are kept once. */
final class TargetListBuilder {
    private final DomainTable domains = new DomainTable();
    private final Pool<List<String>> populations = new Pool<>(List.of());
    private final Pool<Details> details = new Pool<>(Details.NONE);
    private int[] populationsOf = new int[256];
    private int[] detailsOf = new int[256];

    boolean hasRoom() {
        return domains.hasRoom();
    }

    boolean isEmpty() {
        return domains.size() == 0;
    }

    /** @param population empty for none */
    void add(String domain, String population, Details told) {
        int number = domains.add(domain);
        if (number == detailsOf.length) {
            populationsOf = Arrays.copyOf(populationsOf, number + number / 2);
            detailsOf = Arrays.copyOf(detailsOf, number + number / 2);
        }
        if (!population.isEmpty()) {
            populationsOf[number] = populations.numberOf(united(populations.get(populationsOf[number]), population));
        }
        if (!told.equals(Details.NONE)) {
            detailsOf[number] = details.numberOf(details.get(detailsOf[number]).or(told));
        }
    }

    TargetList build(long rejected) {
        int size = domains.size();
        return new TargetList(
                domains,
                Arrays.copyOf(populationsOf, size),
                populations.values(),
                Arrays.copyOf(detailsOf, size),
                details.values(),
                rejected);
    }

    private static List<String> united(List<String> names, String name) {
        if (names.contains(name)) {
            return names;
        }
        TreeSet<String> all = new TreeSet<>(names);
        all.add(name);
        return List.copyOf(all);
    }

    /** Values by number, each once; number 0 is what everyone starts with. */
    private static final class Pool<T> {
        private final List<T> values = new ArrayList<>();
        private final Map<T, Integer> numbers = new HashMap<>();

        Pool(T first) {
            numberOf(first);
        }

        int numberOf(T value) {
            Integer known = numbers.putIfAbsent(value, values.size());
            if (known != null) {
                return known;
            }
            values.add(value);
            return values.size() - 1;
        }

        T get(int number) {
            return values.get(number);
        }

        List<T> values() {
            return List.copyOf(values);
        }
    }
}
