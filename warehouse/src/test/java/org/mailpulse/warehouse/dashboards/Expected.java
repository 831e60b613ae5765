package org.mailpulse.warehouse.dashboards;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.model.verdict.DomainStatus;
import org.mailpulse.model.verdict.Level;
import org.mailpulse.warehouse.dashboards.SampleSurveys.Domain;

/**
 * The figures of each panel of the overview, counted from single domains.
 *
 * @param tlds chosen top-level domains; null for all
 */
record Expected(List<Domain> domains, String vantage, String population, List<String> tlds, Instant from, Instant to) {

    /** @throws IllegalArgumentException for a panel that has no figures here yet */
    List<List<Object>> rows(String panel) {
        return switch (panel) {
            case "None" -> newest(of -> row(of.share(of.none()), of.none()));
            case "Some" -> newest(of -> row(of.share(of.some()), of.some()));
            case "All" -> newest(of -> row(of.share(of.all()), of.all()));
            case "What the shares rest on" -> newest(this::basis);
            case "How well is mail on its way protected?" -> eachSurvey(this::ladder);
            case "Domains behind it" -> eachSurvey(of -> row(of.time(), of.eligible(), of.known(), of.coverage()));
            case "By top-level domain" -> groups(Domain::tld, this::isChosen);
            case "By mail provider" -> groups(Domain::provider, domain -> true);
            case "Protected by all MX hosts, by top-level domain" -> tldShares();
            case "Where every target stands" -> eachSurvey(this::reach);
            case "Surveys" -> progress();
            default -> throw new IllegalArgumentException("nobody says what panel '" + panel + "' must show");
        };
    }

    private List<Object> basis(Tally of) {
        return row(
                of.survey(),
                of.known(),
                of.eligible(),
                of.coverage(),
                of.isShown() ? of.all() / (double) of.eligible() : null,
                of.isShown() ? (of.all() + of.level(Level.UNKNOWN)) / (double) of.eligible() : null);
    }

    private List<Object> ladder(Tally of) {
        return row(
                of.time(),
                of.share(of.level(Level.ENFORCED)),
                of.share(of.level(Level.AUTHENTICABLE)),
                of.share(of.level(Level.OPPORTUNISTIC)),
                of.share(of.level(Level.PARTIAL)),
                of.share(of.level(Level.PLAINTEXT)),
                of.known(),
                of.coverage());
    }

    private List<Object> reach(Tally of) {
        return row(
                of.time(),
                of.known(),
                of.count(domain -> domain.level() == Level.UNKNOWN && domain.status() == DomainStatus.OK),
                of.status(DomainStatus.DNS_ERROR),
                of.status(DomainStatus.NXDOMAIN),
                of.status(DomainStatus.NULL_MX),
                of.status(DomainStatus.NO_ADDRESS),
                of.status(DomainStatus.LOCAL_ONLY));
    }

    private List<List<Object>> groups(Function<Domain, String> name, Predicate<Domain> chosen) {
        return newestSurvey().stream()
                .flatMap(survey -> tallies(survey, name, chosen).stream())
                .sorted(Comparator.comparingLong(Tally::eligible).reversed().thenComparing(Tally::name))
                .map(of -> row(
                        of.name(),
                        of.eligible(),
                        of.known(),
                        of.coverage(),
                        of.none(),
                        of.share(of.none()),
                        of.some(),
                        of.share(of.some()),
                        of.all(),
                        of.share(of.all()),
                        of.level(Level.ENFORCED),
                        of.share(of.level(Level.ENFORCED))))
                .toList();
    }

    private List<List<Object>> tldShares() {
        return surveys().stream()
                .flatMap(survey -> tallies(survey, Domain::tld, this::isChosen).stream()
                        .map(of -> row(of.time(), of.name(), of.share(of.all()))))
                .toList();
    }

    private List<List<Object>> progress() {
        List<List<Object>> rows = new ArrayList<>();
        for (String survey : surveys()) {
            Tally of = new Tally(
                    survey,
                    "",
                    domains.stream()
                            .filter(domain -> domain.survey().equals(survey)
                                    && domain.vantage().equals(vantage))
                            .toList());
            boolean closed = !survey.equals("2026-11");
            rows.add(
                    0,
                    row(
                            survey,
                            closed ? "closed" : "running",
                            (long) SampleSurveys.TARGETS,
                            (long) of.domains().size(),
                            of.eligible(),
                            of.known(),
                            of.coverage(),
                            3L,
                            SampleSurveys.STARTED,
                            closed ? SampleSurveys.CLOSED : null));
        }
        return rows;
    }

    private List<List<Object>> newest(Function<Tally, List<Object>> row) {
        return newestSurvey().stream().map(survey -> row.apply(tally(survey))).toList();
    }

    private List<List<Object>> eachSurvey(Function<Tally, List<Object>> row) {
        return surveys().stream().map(survey -> row.apply(tally(survey))).toList();
    }

    private List<String> newestSurvey() {
        List<String> surveys = surveys();
        return surveys.isEmpty() ? List.of() : surveys.subList(surveys.size() - 1, surveys.size());
    }

    private List<String> surveys() {
        return SampleSurveys.SURVEYS.stream()
                .filter(survey -> !time(survey).isBefore(from) && !time(survey).isAfter(to))
                .toList();
    }

    private Tally tally(String survey) {
        return new Tally(survey, "", chosen(survey).toList());
    }

    private List<Tally> tallies(String survey, Function<Domain, String> name, Predicate<Domain> chosen) {
        List<Domain> wanted = chosen(survey).filter(chosen).toList();
        return new TreeSet<>(wanted.stream().map(name).toList())
                .stream()
                        .map(group -> new Tally(
                                survey,
                                group,
                                wanted.stream()
                                        .filter(domain -> name.apply(domain).equals(group))
                                        .toList()))
                        .filter(of -> of.eligible() > 0)
                        .toList();
    }

    private Stream<Domain> chosen(String survey) {
        return domains.stream()
                .filter(domain ->
                        domain.survey().equals(survey) && domain.vantage().equals(vantage))
                .filter(domain -> population.equals(RollupKey.EVERYTHING)
                        || domain.populations().contains(population));
    }

    private boolean isChosen(Domain domain) {
        return tlds == null || tlds.contains(domain.tld());
    }

    private static Instant time(String survey) {
        return LocalDate.parse(survey + "-01").atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    private record Tally(String survey, String name, List<Domain> domains) {
        Instant time() {
            return Expected.time(survey);
        }

        long count(Predicate<Domain> holds) {
            return domains.stream().filter(holds).count();
        }

        long level(Level level) {
            return count(domain -> domain.level() == level);
        }

        long status(DomainStatus status) {
            return count(domain -> domain.status() == status);
        }

        long none() {
            return level(Level.PLAINTEXT);
        }

        long some() {
            return level(Level.PARTIAL);
        }

        long all() {
            return level(Level.OPPORTUNISTIC) + level(Level.AUTHENTICABLE) + level(Level.ENFORCED);
        }

        long known() {
            return none() + some() + all();
        }

        long eligible() {
            return count(Domain::isEligible);
        }

        Double coverage() {
            return eligible() == 0 ? null : known() / (double) eligible();
        }

        boolean isShown() {
            return known() >= 20 && known() / (double) eligible() >= 0.7;
        }

        Double share(long yes) {
            return isShown() ? yes / (double) known() : null;
        }
    }
}
