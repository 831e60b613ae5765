package org.mailpulse.stream;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.util.function.SerializableFunction;
import org.mailpulse.stream.intake.Judging;

/** Lets pass what is to be written, and counts it for whoever watches. */
final class Told<T> extends RichFilterFunction<T> {
    private static final long serialVersionUID = 1L;

    private final Judging judging;
    private final SerializableFunction<T, String> survey;
    private final String counter;
    private transient LongCounter told;

    /** @param counter name of the accumulator */
    Told(Judging judging, SerializableFunction<T, String> survey, String counter) {
        this.judging = judging;
        this.survey = survey;
        this.counter = counter;
    }

    @Override
    public void open(OpenContext context) {
        told = getRuntimeContext().getLongCounter(counter);
    }

    @Override
    public boolean filter(T element) {
        boolean tells = judging.tells(survey.apply(element));
        if (tells) {
            told.add(1);
        }
        return tells;
    }
}
