package org.mailpulse.stream.intake;

import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.mailpulse.model.survey.VantageName;

/**
 * A survey has ended, as a clock record says; told to every instance of an operator that compares surveys.
 *
 * @param vantages from which it was asked; empty where an older record does not tell
 */
public record Closing(String survey, List<String> vantages) {
    public static final OutputTag<Closing> TAG = new OutputTag<>("closings", TypeInformation.of(Closing.class));

    /** Whether the vantage point, or the consensus, has rows of the survey. */
    public boolean concerns(String vantage) {
        return vantages.isEmpty()
                || vantages.contains(vantage)
                || vantage.equals(VantageName.CONSENSUS) && vantages.size() > 1;
    }
}
