package org.mailpulse.simulator.truth;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mailpulse.model.Schema;
import org.mailpulse.simulator.world.Domain;
import org.mailpulse.simulator.world.World;

/** Lists of targets and of expected verdicts as CSV. No value of the world needs quotes. */
public final class TruthWriter {
    static final String TARGET_HEADER = "domain,population,organisation,category,country";

    /** Columns of {@code domains.csv}; {@code observed_at} stays empty. */
    static final String TRUTH_HEADER = "survey,vantage,domain,population,tld,provider,status,adoption,level,mx_hosts,"
            + "mx_yes,mx_no,mx_unknown,tls_version,key_exchange,certificate_class,dane,mta_sts,enforcement_broken,"
            + "observed_at,method_version,provider_evidence,provider_kind,tls_rpt,legacy_only";

    private final World world;

    public TruthWriter(World world) {
        this.world = world;
    }

    /** One line for each listed domain and population. */
    public void writeTargets(int survey, Path csv) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write(TARGET_HEADER + "\n");
            for (int index = 0; index < world.settings().domains(); index++) {
                if (!world.isListed(index, survey)) {
                    continue;
                }
                Domain domain = world.domain(index);
                for (String population : domain.populations()) {
                    out.write(String.join(
                            ",",
                            domain.name(),
                            population,
                            domain.organisation(),
                            domain.category(),
                            domain.country()));
                    out.write('\n');
                }
            }
        }
    }

    /** The same lines in the same order as {@link #writeTargets}. */
    public void writeTruth(int survey, Vantage vantage, Measured measured, Path csv) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write(TRUTH_HEADER + "\n");
            writeRows(survey, vantage, new Truth(world, measured), out);
        }
    }

    /** One survey after the other. */
    public void writeAllTruth(Vantage vantage, Measured measured, Path csv) throws IOException {
        Truth truth = new Truth(world, measured);
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write(TRUTH_HEADER + "\n");
            for (int survey = 0; survey < world.settings().surveys(); survey++) {
                writeRows(survey, vantage, truth, out);
            }
        }
    }

    private void writeRows(int survey, Vantage vantage, Truth truth, BufferedWriter out) throws IOException {
        String surveyName = world.surveyName(survey);
        for (int index = 0; index < world.settings().domains(); index++) {
            if (!world.isListed(index, survey)) {
                continue;
            }
            Domain domain = world.domain(index);
            ExpectedVerdict verdict = truth.of(index, survey, vantage);
            for (String population : domain.populations()) {
                out.write(row(surveyName, vantage.name(), domain, population, verdict));
                out.write('\n');
            }
        }
    }

    private static String row(
            String survey, String vantage, Domain domain, String population, ExpectedVerdict verdict) {
        return String.join(
                ",",
                survey,
                vantage,
                domain.name(),
                population,
                domain.tld().label(),
                verdict.provider().name(),
                verdict.status().name(),
                text(verdict.adoption()),
                text(verdict.level()),
                Integer.toString(verdict.mxHosts()),
                Integer.toString(verdict.mxYes()),
                Integer.toString(verdict.mxNo()),
                Integer.toString(verdict.mxUnknown()),
                verdict.tlsVersion() == null ? "" : verdict.tlsVersion().label(),
                text(verdict.keyExchange()),
                text(verdict.certificateClass()),
                verdict.dane().name(),
                verdict.mtaSts().name(),
                Boolean.toString(verdict.enforcementBroken()),
                "",
                Integer.toString(Schema.METHOD),
                verdict.provider().evidence().name(),
                text(verdict.provider().kind()),
                verdict.tlsRpt().name(),
                verdict.legacyOnly() == null ? "" : verdict.legacyOnly().toString());
    }

    private static String text(Enum<?> value) {
        return value == null ? "" : value.name();
    }
}
