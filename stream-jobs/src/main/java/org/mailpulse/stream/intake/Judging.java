package org.mailpulse.stream.intake;

import java.io.Serializable;
import java.util.Set;
import org.mailpulse.model.verdict.Method;

/**
 * What is judged, by which method, and what of it is told to the tables.
 *
 * @param read surveys that are judged; null for all
 * @param told surveys whose rows are written, all of them read; null for all. The first of them is compared with one that is
 *     read for that alone
 */
public record Judging(Method method, Set<String> read, Set<String> told) implements Serializable {
    /** All that comes, by the present method: what the job does day by day. */
    public static final Judging PRESENT = new Judging(Method.PRESENT, null, null);

    public Judging {
        read = read == null ? null : Set.copyOf(read);
        told = told == null ? null : Set.copyOf(told);
        if ((read == null) != (told == null) || (read != null && !read.containsAll(told))) {
            throw new IllegalArgumentException("what is told must be read: " + told + ", " + read);
        }
    }

    public boolean reads(String survey) {
        return read == null || read.contains(survey);
    }

    public boolean tells(String survey) {
        return told == null || told.contains(survey);
    }

    public boolean tellsAll() {
        return told == null;
    }
}
