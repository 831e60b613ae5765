package org.mailpulse.model.rollup;

/**
 * A move between two surveys; counted is how many domains made it. Each domain is in just one cell of a population, so that the parts of any
 * change add up without a rest, also where a domain has gone from one provider to another.
 *
 * @param provider where the domain is; where it was, if it is absent now
 * @param fromProvider where it was; where it is, if it was absent before
 */
public record TransitionKey(
        String survey,
        String previous,
        String vantage,
        String population,
        String tld,
        String suffix,
        String provider,
        String fromProvider,
        Standing from,
        Standing to,
        int methodVersion)
        implements CellKey {

    static TransitionKey of(Comparison compared, String population, Standing from, Standing to) {
        VerdictDigest now = to == Standing.ABSENT ? compared.before() : compared.now();
        VerdictDigest before = from == Standing.ABSENT ? compared.now() : compared.before();
        return new TransitionKey(
                compared.survey(),
                compared.previous(),
                compared.vantage(),
                population,
                now.tld(),
                now.suffix(),
                now.provider(),
                before.provider(),
                from,
                to,
                now.methodVersion());
    }

    /** See {@link RollupKey#hashCode()}; enums go by their names, since their own hash differs in each process. */
    @Override
    public int hashCode() {
        int hash = 31 + survey.hashCode();
        hash = 31 * hash + previous.hashCode();
        hash = 31 * hash + vantage.hashCode();
        hash = 31 * hash + population.hashCode();
        hash = 31 * hash + tld.hashCode();
        hash = 31 * hash + suffix.hashCode();
        hash = 31 * hash + provider.hashCode();
        hash = 31 * hash + fromProvider.hashCode();
        hash = 31 * hash + from.name().hashCode();
        hash = 31 * hash + to.name().hashCode();
        return 31 * hash + methodVersion;
    }
}
