package org.mailpulse.stream.rejudge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.stream.intake.Judging;

/**
 * What is judged again, by which method, from where.
 *
 * @param before the closed survey before the first one, which is read too since the first is compared with it, but whose rows
 *     are not written; null where there is none, or its records are not whole
 * @param surveys closed ones, the oldest first; not empty
 * @param open surveys of the range that have not ended, and are left out
 * @param vantages of each survey that is read, from where it was asked
 * @param domains that are to have a verdict in the end, over all surveys and vantage points
 */
public record RejudgePlan(
        Method method,
        String before,
        List<String> surveys,
        List<String> open,
        Map<String, List<String>> vantages,
        RecordSource source,
        long domains) {

    /** All surveys that are read, the oldest first. */
    List<String> read() {
        List<String> read = new ArrayList<>();
        if (before != null) {
            read.add(before);
        }
        read.addAll(surveys);
        return read;
    }

    /** One line for people. */
    public String summary() {
        String first = surveys.get(0);
        String last = surveys.get(surveys.size() - 1);
        return String.format(
                Locale.ROOT,
                "judging %d survey%s (%s), %,d domains, by version %d of the method, from %s",
                surveys.size(),
                surveys.size() == 1 ? "" : "s",
                first.equals(last) ? first : first + " to " + last,
                domains,
                method.version(),
                source == RecordSource.KAFKA ? "Kafka" : "the archive");
    }

    public Judging judging() {
        Set<String> read = new HashSet<>(read());
        return new Judging(method, read, Set.copyOf(surveys));
    }
}
