package org.mailpulse.model.verdict;

import com.google.common.net.InternetDomainName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.mailpulse.model.verdict.Provider.Evidence;

/**
 * By which names one provider is known. A suffix stands for itself and for all names below it.
 *
 * @param id what verdicts bear, e.g. {@code google}; it has no dot, so it is never taken for a domain
 * @param name for people
 * @param all suffixes that tell it in every kind of evidence: below them lies nothing but its own mail service
 * @param certificate further ones, of names in certificates; each list may be empty, but not all of them
 * @param ehlo further ones, of names by which servers call themselves
 * @param mx further ones, of MX hosts
 */
public record ProviderRule(
        String id,
        String name,
        ProviderKind kind,
        List<String> all,
        List<String> certificate,
        List<String> ehlo,
        List<String> mx) {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern SUFFIX = Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]");

    public ProviderRule {
        if (id == null || !ID.matcher(id).matches() || id.equals(Provider.SELF_HOSTED)) {
            throw new IllegalArgumentException(
                    "provider '" + id + "': an id is lower-case letters, digits and single dashes, e.g. microsoft-365");
        }
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("provider '" + id + "' has no name");
        }
        if (kind == null) {
            throw new IllegalArgumentException("provider '" + id + "' has no kind");
        }
        all = checked(id, "all", all);
        certificate = checked(id, "certificate", certificate);
        ehlo = checked(id, "ehlo", ehlo);
        mx = checked(id, "mx", mx);
        if (Stream.of(all, certificate, ehlo, mx).allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("provider '" + id + "' has no suffix that tells it");
        }
    }

    List<String> suffixes(Evidence evidence) {
        return switch (evidence) {
            case CERTIFICATE -> both(all, certificate);
            case EHLO_NAME -> both(all, ehlo);
            case MX_DOMAIN -> both(all, mx);
            case NONE -> List.of();
        };
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<String> checked(String id, String field, List<String> suffixes) {
        if (suffixes == null) {
            return List.of();
        }
        for (String suffix : suffixes) {
            if (suffix == null || !SUFFIX.matcher(suffix).matches()) {
                throw new IllegalArgumentException("provider '" + id + "': '" + suffix + "' in " + field
                        + " is not a domain of two or more A-labels in lower case");
            }
            if (InternetDomainName.from(suffix).isRegistrySuffix()) {
                throw new IllegalArgumentException(
                        "provider '" + id + "': '" + suffix + "' in " + field + " is a public suffix, nobody's own");
            }
        }
        return List.copyOf(suffixes);
    }
}
