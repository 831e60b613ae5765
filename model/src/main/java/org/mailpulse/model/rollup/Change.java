package org.mailpulse.model.rollup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Something about one domain that is worth telling since the survey before: a row of the change feed.
 *
 * @param previous the survey before; empty where there is none
 * @param populations lists that the domain is in; that it was in, if it is gone
 * @param provider who runs its mail now, or ran it if it is gone
 * @param fromProvider who ran it before; empty where it was absent
 * @param detail what the kind needs to be understood, see {@link Kind}; may be empty
 */
public record Change(
        String survey,
        String previous,
        String vantage,
        String domain,
        Kind kind,
        List<String> populations,
        String tld,
        String suffix,
        String provider,
        String fromProvider,
        Standing from,
        Standing to,
        String detail,
        int methodVersion) {

    /** A certificate that ends so soon should have been renewed by now: those of 90 days are, a month before their end. */
    public static final Duration EXPIRES_SOON = Duration.ofDays(14);

    public enum Kind {
        /** Stands on a higher step. */
        CLIMBED,
        /** Stands on a lower step. */
        FELL,
        /** In the cross-section, but was not; the detail is its status in the survey before, empty if it was no target. */
        NEW,
        /** No longer in the cross-section; the detail is its status, or NOT_ON_LIST. */
        GONE,
        PROVIDER_CHANGED,
        /** A certificate ends within {@link #EXPIRES_SOON} of the observation; the detail is when. Needs no survey before. */
        CERTIFICATE_EXPIRING,
        /** A certificate has expired that had not in the survey before; the detail is when, of the earliest. */
        CERTIFICATE_EXPIRED,
        /** Senders are told to insist, but would no longer get through. */
        ENFORCEMENT_BROKE
    }

    /** All that is worth telling, in the order of the kinds. */
    public static List<Change> of(Comparison compared) {
        List<Change> changes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String detail = detail(kind, compared);
            if (detail != null) {
                changes.add(change(kind, compared, detail));
            }
        }
        return changes;
    }

    /** @return null where the kind does not hold */
    private static String detail(Kind kind, Comparison compared) {
        if (kind == Kind.CERTIFICATE_EXPIRING) {
            return expiring(compared.now());
        }
        if (compared.previous() == null) {
            return null;
        }
        Standing from = compared.from();
        Standing to = compared.to();
        VerdictDigest before = compared.before();
        VerdictDigest now = compared.now();
        boolean known = from.isKnown() && to.isKnown();
        boolean both = before != null && now != null;
        return switch (kind) {
            case CLIMBED -> known && to.compareTo(from) > 0 ? "" : null;
            case FELL -> known && to.compareTo(from) < 0 ? "" : null;
            case NEW -> from == Standing.ABSENT && to != Standing.ABSENT ? status(before, "") : null;
            case GONE -> from != Standing.ABSENT && to == Standing.ABSENT ? status(now, "NOT_ON_LIST") : null;
            case PROVIDER_CHANGED -> both && hasMoved(before.provider(), now.provider()) ? "" : null;
            case CERTIFICATE_EXPIRED ->
                both && begins(Metric.FLAG_EXPIRED, before, now) && now.certificateEnds() != null
                        ? now.certificateEnds().toString()
                        : null;
            case ENFORCEMENT_BROKE -> both && begins(Metric.ENFORCEMENT_BROKEN, before, now) ? "" : null;
            case CERTIFICATE_EXPIRING -> throw new IllegalStateException("told above");
        };
    }

    private static String expiring(VerdictDigest now) {
        if (now == null || now.certificateEnds() == null) {
            return null;
        }
        Instant ends = now.certificateEnds();
        Instant seen = now.observedAt();
        return !ends.isBefore(seen) && ends.isBefore(seen.plus(EXPIRES_SOON)) ? ends.toString() : null;
    }

    private static boolean begins(Metric metric, VerdictDigest before, VerdictDigest now) {
        return now.metrics().contains(metric) && !before.metrics().contains(metric);
    }

    /** A provider that could not be told is no other provider. */
    private static boolean hasMoved(String before, String now) {
        return !before.isEmpty() && !now.isEmpty() && !before.equals(now);
    }

    private static String status(VerdictDigest digest, String otherwise) {
        return digest == null ? otherwise : digest.status().name();
    }

    private static Change change(Kind kind, Comparison compared, String detail) {
        VerdictDigest present = compared.now() == null ? compared.before() : compared.now();
        return new Change(
                compared.survey(),
                compared.previous() == null ? "" : compared.previous(),
                compared.vantage(),
                compared.domain(),
                kind,
                present.populations(),
                present.tld(),
                present.suffix(),
                present.provider(),
                compared.before() == null ? "" : compared.before().provider(),
                compared.from(),
                compared.to(),
                detail,
                present.methodVersion());
    }
}
