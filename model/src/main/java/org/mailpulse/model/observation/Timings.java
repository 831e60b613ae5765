package org.mailpulse.model.observation;

/** Durations from the start of the probe, in milliseconds; -1 where the phase was not reached. */
public record Timings(int connected, int greeted, int capabilities, int secured, int ended) {}
