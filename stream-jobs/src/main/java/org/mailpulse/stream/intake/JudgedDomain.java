package org.mailpulse.stream.intake;

import org.mailpulse.model.verdict.DomainVerdict;

/** A verdict and the rank of the observation that it rests on. */
public record JudgedDomain(DomainVerdict verdict, Rank rank) {}
