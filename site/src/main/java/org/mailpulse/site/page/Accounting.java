package org.mailpulse.site.page;

import java.util.ArrayList;
import java.util.List;
import org.mailpulse.model.rollup.Metric;
import org.mailpulse.site.findings.Findings;
import org.mailpulse.warehouse.Group;

/**
 * Where every domain of the list went, so that none is lost in silence. Counts only: these are no shares.
 *
 * @param domains all that have been counted
 * @param missing targets of the list that have not been counted; empty if all have, or if only one of its populations is shown
 * @param noMail all that take no mail
 * @param implicitMx domains that receive mail themselves, for want of an MX record
 * @param unknown taking mail, as far as DNS tells, but not determinate
 * @param dnsErrors of the unknown, those for which DNS failed
 * @param bar known, unknown, no mail
 */
public record Accounting(
        String domains,
        String missing,
        String noMail,
        List<Part> reasons,
        String implicitMx,
        String known,
        String unknown,
        String dnsErrors,
        List<Part> bar) {

    static Accounting of(Findings findings) {
        Figures figures = new Figures(findings.totals());
        long known = new Group("", findings.totals()).known();
        long domains = figures.get(Metric.DOMAINS);
        long unknown = figures.get(Metric.ADOPTION_UNKNOWN);
        long noMail = domains - figures.get(Metric.ELIGIBLE);
        return new Accounting(
                Format.domains(domains),
                missing(findings, domains),
                Format.count(noMail),
                Wording.NO_MAIL.stream()
                        .map(wording -> Part.plain(
                                wording.kind(),
                                wording.label(),
                                wording.meaning(),
                                Format.count(figures.get(wording.metric()))))
                        .toList(),
                Format.count(figures.get(Metric.IMPLICIT_MX)),
                Format.count(known),
                Format.count(unknown),
                Format.count(figures.get(Metric.STATUS_DNS_ERROR)),
                bar(domains, known, unknown, noMail));
    }

    private static String missing(Findings findings, long domains) {
        long missing = findings.survey().targets() - domains;
        return missing > 0 && findings.choice().isEverything() ? Format.domains(missing) : "";
    }

    private static List<Part> bar(long domains, long known, long unknown, long noMail) {
        List<Part> bar = new ArrayList<>();
        if (domains <= 0 || known < 0 || unknown < 0 || noMail < 0 || known + unknown + noMail > domains) {
            return bar;
        }
        bar.add(piece("known", "known", known).drawn(0, ratio(known, domains)));
        bar.add(piece("unknown", "unknown", unknown).drawn(ratio(known, domains), ratio(unknown, domains)));
        bar.add(piece("no-mail", "take no mail", noMail)
                .drawn(ratio(known + unknown, domains), ratio(noMail, domains)));
        return bar;
    }

    private static Part piece(String kind, String label, long count) {
        return Part.plain(kind, label, "", Format.count(count));
    }

    private static double ratio(long part, long whole) {
        return (double) part / whole;
    }
}
