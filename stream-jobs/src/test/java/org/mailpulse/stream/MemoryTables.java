package org.mailpulse.stream;

import org.mailpulse.model.rollup.Change;
import org.mailpulse.model.verdict.DomainVerdict;
import org.mailpulse.model.verdict.HostVerdict;
import org.mailpulse.stream.intake.Aside;
import org.mailpulse.warehouse.ArchivedHandshake;
import org.mailpulse.warehouse.ArchivedObservation;
import org.mailpulse.warehouse.HostRollupRow;
import org.mailpulse.warehouse.RollupRow;
import org.mailpulse.warehouse.TransitionRow;

/** All that a job writes, in this JVM. */
final class MemoryTables {
    final MemorySink<DomainVerdict> verdicts = new MemorySink<>();
    final MemorySink<HostVerdict> hosts = new MemorySink<>();
    final MemorySink<RollupRow> rollups = new MemorySink<>();
    final MemorySink<HostRollupRow> hostRollups = new MemorySink<>();
    final MemorySink<TransitionRow> transitions = new MemorySink<>();
    final MemorySink<Change> changes = new MemorySink<>();
    final MemorySink<Aside> aside = new MemorySink<>();
    final MemorySink<ArchivedObservation> archivedObservations = new MemorySink<>();
    final MemorySink<ArchivedHandshake> archivedHandshakes = new MemorySink<>();

    Sinks sinks() {
        return new Sinks(verdicts, hosts, rollups, hostRollups, transitions, changes, aside)
                .withArchive(archivedObservations, archivedHandshakes);
    }
}
