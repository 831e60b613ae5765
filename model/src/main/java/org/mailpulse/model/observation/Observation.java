package org.mailpulse.model.observation;

import java.time.Instant;
import java.util.List;
import org.mailpulse.model.Schema;
import org.mailpulse.model.survey.SurveyName;
import org.mailpulse.model.survey.Target;

/**
 * The self-contained facts of one domain in one survey from one vantage point; the value of topic
 * {@code mailpulse.observations}. Facts only: every judgement is made from it later, and can be made again.
 *
 * @param seq the target's number
 * @param vantage name of the place that looked
 * @param observedAt when the facts were complete; of two observations of a domain the later one holds
 * @param dnsDetail a word more on how DNS failed; may be null
 * @param mxSecure DNSSEC state of the MX RRset
 * @param mxHosts sorted by preference, then name
 */
public record Observation(
        int schema,
        String survey,
        String vantage,
        long seq,
        String domain,
        List<String> populations,
        String organisation,
        String category,
        String country,
        Instant observedAt,
        MailDns dns,
        String dnsDetail,
        DnssecState mxSecure,
        List<MxHostObservation> mxHosts,
        MtaStsFinding mtaSts,
        TlsRptFinding tlsRpt) {

    public Observation {
        SurveyName.check(survey);
        if (vantage == null || domain == null || observedAt == null || dns == null) {
            throw new IllegalArgumentException(
                    "observation of '" + domain + "' lacks vantage, domain, observedAt or dns");
        }
        populations = populations == null ? List.of() : List.copyOf(populations);
        organisation = organisation == null ? "" : organisation;
        category = category == null ? "" : category;
        country = country == null ? "" : country;
        mxSecure = mxSecure == null ? DnssecState.NOT_MEASURED : mxSecure;
        mxHosts = mxHosts == null ? List.of() : List.copyOf(mxHosts);
        mtaSts = mtaSts == null ? MtaStsFinding.NOT_MEASURED : mtaSts;
        tlsRpt = tlsRpt == null ? TlsRptFinding.NOT_MEASURED : tlsRpt;
    }

    /** Facts about a target from one vantage point. */
    public static Observation of(
            Target target,
            String vantage,
            Instant observedAt,
            MailDns dns,
            String dnsDetail,
            DnssecState mxSecure,
            List<MxHostObservation> mxHosts,
            MtaStsFinding mtaSts,
            TlsRptFinding tlsRpt) {
        return new Observation(
                Schema.RECORDS,
                target.survey(),
                vantage,
                target.seq(),
                target.domain(),
                target.populations(),
                target.organisation(),
                target.category(),
                target.country(),
                observedAt,
                dns,
                dnsDetail,
                mxSecure,
                mxHosts,
                mtaSts,
                tlsRpt);
    }

    /** What the coordinator writes for a target that nobody answered in time. */
    public static Observation notObserved(Target target, String vantage, Instant at) {
        return of(target, vantage, at, MailDns.NOT_OBSERVED, null, null, null, null, null);
    }
}
