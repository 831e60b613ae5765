package org.mailpulse.stream.intake;

import org.mailpulse.model.verdict.HostVerdict;

/** A verdict on one endpoint and the rank of the handshake that it rests on. */
public record JudgedHost(HostVerdict verdict, Rank rank) {}
