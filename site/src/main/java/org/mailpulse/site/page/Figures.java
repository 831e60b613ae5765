package org.mailpulse.site.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.model.rollup.Share;
import org.mailpulse.warehouse.Group;

/** Shares of one group of domains, by the rule of publication: docs/methodology.md, section 9. */
final class Figures {
    private final Counts counts;
    private final long known;
    private final long eligible;

    Figures(Counts counts) {
        Group group = new Group("", counts);
        this.counts = counts;
        this.known = group.known();
        this.eligible = group.eligible();
    }

    String known() {
        return Format.count(known);
    }

    String eligible() {
        return Format.count(eligible);
    }

    String coverage() {
        return share(0).map(share -> Format.percent(share.coverage())).orElse("");
    }

    /** Why there are no shares, or empty if there are. */
    String blank() {
        Optional<Share> any = share(0);
        if (any.isEmpty()) {
            return "the counts do not add up";
        }
        if (any.get().isPublishable()) {
            return "";
        }
        if (eligible == 0) {
            return "no domain takes mail";
        }
        return known < Share.MIN_DOMAINS
                ? "fewer than " + Share.MIN_DOMAINS + " known domains"
                : "coverage below " + Math.round(Share.MIN_COVERAGE * 100) + " %";
    }

    /** The three groups: pieces of one bar, laid end to end. */
    List<Part> adoption() {
        List<Part> parts = new ArrayList<>();
        double from = 0;
        for (Wording wording : Wording.ADOPTION) {
            long yes = counts.get(wording.metric());
            Part part = part(wording.kind(), wording.label(), wording.meaning(), yes);
            double length = published(yes).map(Share::value).orElse(0.0);
            parts.add(part.drawn(from, length));
            from += length;
        }
        return parts;
    }

    /** Each a bar of its own. */
    List<Part> of(List<Wording> wordings) {
        return wordings.stream().map(this::of).toList();
    }

    Part of(Wording wording) {
        return single(wording.kind(), wording.label(), wording.meaning(), counts.get(wording.metric()));
    }

    /** What the wordings leave over of the known domains. */
    Part rest(String label, String meaning, List<Wording> wordings) {
        long counted = wordings.stream()
                .mapToLong(wording -> counts.get(wording.metric()))
                .sum();
        return single("rest", label, meaning, known - counted);
    }

    long get(Metric metric) {
        return counts.get(metric);
    }

    private Part single(String kind, String label, String meaning, long yes) {
        return part(kind, label, meaning, yes)
                .drawn(0, published(yes).map(Share::value).orElse(0.0));
    }

    private Part part(String kind, String label, String meaning, long yes) {
        String count = Format.count(yes);
        return published(yes)
                .map(share -> new Part(
                        kind,
                        label,
                        meaning,
                        count,
                        Format.percent(share.value()),
                        Format.percent(share.lowerBound()),
                        Format.percent(share.upperBound()),
                        "0",
                        "0"))
                .orElseGet(() -> Part.plain(kind, label, meaning, count));
    }

    private Optional<Share> published(long yes) {
        return share(yes).filter(Share::isPublishable);
    }

    /** Empty where the numbers do not add up: one bad row must not take the page away. */
    private Optional<Share> share(long yes) {
        try {
            return Optional.of(new Share(yes, known, eligible));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
