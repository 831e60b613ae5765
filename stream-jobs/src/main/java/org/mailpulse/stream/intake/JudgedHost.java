package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.verdict.HostVerdict;

/** A verdict on one endpoint and the rank of the handshake that it rests on. */
public record JudgedHost(HostVerdict verdict, Rank rank) {
    /** Those of surveys from several vantage points, before they are compared. */
    public static final OutputTag<JudgedHost> AMONG_SEVERAL =
            new OutputTag<>("among-several", TypeInformation.of(JudgedHost.class));
}
