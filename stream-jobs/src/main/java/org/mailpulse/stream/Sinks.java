package org.mailpulse.stream;

import org.apache.flink.api.connector.sink2.Sink;
import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.warehouse.ArchivedHandshake;
import org.mailpulse.warehouse.ArchivedObservation;
import org.mailpulse.warehouse.HostRollupRow;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.TransitionRow;

/**
 * Where the job's results go. Each may get a row again after a restart: at least once. Of rows with one key the last
 * holds: by observation time for verdicts and hosts, by version for rollups and transitions. A change is the same each time.
 *
 * @param aside what is counted nowhere
 * @param observations the archive of records as they came; null to keep none, as is handshakes
 */
public record Sinks(
        Sink<DomainVerdict> verdicts,
        Sink<HostVerdict> hosts,
        Sink<RollupRow> rollups,
        Sink<HostRollupRow> hostRollups,
        Sink<TransitionRow> transitions,
        Sink<Change> changes,
        Sink<Aside> aside,
        Sink<ArchivedObservation> observations,
        Sink<ArchivedHandshake> handshakes) {

    /** Without an archive. */
    public Sinks(
            Sink<DomainVerdict> verdicts,
            Sink<HostVerdict> hosts,
            Sink<RollupRow> rollups,
            Sink<HostRollupRow> hostRollups,
            Sink<TransitionRow> transitions,
            Sink<Change> changes,
            Sink<Aside> aside) {
        this(verdicts, hosts, rollups, hostRollups, transitions, changes, aside, null, null);
    }

    Sinks withArchive(Sink<ArchivedObservation> observations, Sink<ArchivedHandshake> handshakes) {
        return new Sinks(verdicts, hosts, rollups, hostRollups, transitions, changes, aside, observations, handshakes);
    }
}
