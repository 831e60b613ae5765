package org.mailpulse.stream.intake;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** A survey has ended, as a clock record says; told to every instance of an operator that compares surveys. */
public record Closing(String survey) {
    public static final OutputTag<Closing> TAG = new OutputTag<>("closings", TypeInformation.of(Closing.class));
}
