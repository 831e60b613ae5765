package org.mailpulse.survey.targets;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.mailpulse.model.Schema;
import org.mailpulse.model.survey.Target;

/**
 * The pinned list of one survey: distinct domains, numbered 0…{@link #size()}-1 in the order of their first appearance.
 * Immutable.
 *
 * <p>Memory: some 25 bytes a domain beside the text of the domain and of its organisation.
 */
public final class TargetList {
    private final DomainTable domains;
    private final int[] populationsOf;
    private final List<List<String>> populations;
    private final int[] detailsOf;
    private final List<Details> details;
    private final long rejected;
    private final String listId;

    TargetList(
            DomainTable domains,
            int[] populationsOf,
            List<List<String>> populations,
            int[] detailsOf,
            List<Details> details,
            long rejected) {
        this.domains = domains;
        this.populationsOf = populationsOf;
        this.populations = populations;
        this.detailsOf = detailsOf;
        this.details = details;
        this.rejected = rejected;
        this.listId = hash();
    }

    /**
     * Reads a CSV file: UTF-8, comma-separated, one line a record (a quoted field cannot span lines). The first line is the
     * header; column {@code domain} must be there, {@code population}, {@code organisation}, {@code category} and
     * {@code country} may be, in any order, and others are passed over. Lines with the same domain are merged:
     * populations are united, of the rest the first that is not empty holds.
     *
     * @param rejectedCsv where lines that are not targets are listed with their number and the reason; replaced, and absent
     *     where there are none
     * @throws TargetListException if the file cannot be read, has no usable header, or names no domain at all
     */
    public static TargetList load(Path csv, Path rejectedCsv) throws TargetListException {
        return TargetListLoader.load(csv, rejectedCsv);
    }

    /** How many distinct domains. */
    public int size() {
        return domains.size();
    }

    /** How many lines were set aside. */
    public long rejected() {
        return rejected;
    }

    /**
     * Lower-case hex of the SHA-256 over every target in order: domain, populations, organisation, category and country.
     * Lists with the same id ask the same, under the same numbers; how the file was written makes no difference.
     */
    public String listId() {
        return listId;
    }

    /** @param seq 0…{@link #size()}-1 */
    public String domain(int seq) {
        return domains.get(seq);
    }

    /** Sorted; may be empty. */
    public List<String> populations(int seq) {
        return populations.get(populationsOf[seq]);
    }

    /** All populations of the list. */
    public SortedSet<String> populationNames() {
        SortedSet<String> names = new TreeSet<>();
        for (int set : populationsOf) {
            names.addAll(populations.get(set));
        }
        return names;
    }

    public Target target(String survey, int seq) {
        Details told = details.get(detailsOf[seq]);
        return new Target(
                Schema.RECORDS,
                survey,
                seq,
                domain(seq),
                populations(seq),
                told.organisation(),
                told.category(),
                told.country(),
                List.of(),
                List.of());
    }

    private String hash() {
        MessageDigest digest = sha256();
        for (int seq = 0; seq < size(); seq++) {
            Details told = details.get(detailsOf[seq]);
            // no field holds a control character, so that no two lists read alike
            String row = String.join(
                    "\t",
                    domain(seq),
                    String.join(",", populations(seq)),
                    told.organisation(),
                    told.category(),
                    told.country());
            digest.update(row.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
