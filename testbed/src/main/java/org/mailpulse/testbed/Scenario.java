package org.mailpulse.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A list of targets and what a survey of them must export. The expectations were written by hand from the methodology
 * and the set-up of the laboratory; no code under test had a part in them.
 *
 * @param targets CSV file for {@code --targets}
 * @param domains the rows of {@code domains.csv} (column → text), one per domain and population; columns that depend on
 *     the run (survey, vantage, times, versions) are left out
 * @param hosts the rows of {@code hosts.csv}, one per MX host and address; flags are separated by blanks, in the order of
 *     precedence; left out are also banner, cipher and group, which are the peers' and the libraries' choice
 * @param rejectedLines numbers of the lines in {@code targets} that are no target
 */
public record Scenario(
        Path targets, List<Map<String, String>> domains, List<Map<String, String>> hosts, List<Integer> rejectedLines) {

    public Scenario {
        domains = List.copyOf(domains);
        hosts = List.copyOf(hosts);
        rejectedLines = List.copyOf(rejectedLines);
    }
}
