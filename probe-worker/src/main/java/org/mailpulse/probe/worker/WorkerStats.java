package org.mailpulse.probe.worker;

import org.mailpulse.probe.ProberStats;

/**
 * A look at a worker.
 *
 * @param read records taken from the targets topic so far
 * @param bad of them those that hold no target
 * @param observed targets whose observation the broker has acknowledged
 * @param inFlight targets that are worked on now
 */
public record WorkerStats(long read, long bad, long observed, int inFlight, ProberStats prober) {}
