package org.mailpulse.local.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailpulse.stream.rejudge.RejudgePlan;
import org.mailpulse.warehouse.MethodDifference;
import org.mailpulse.warehouse.MethodDifference.Movement;
import org.mailpulse.warehouse.MethodDifference.ShareChange;

/** What another version of the method makes of surveys, as a table for a terminal or as JSON for programs. */
public final class DifferenceReport {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private DifferenceReport() {}

    public static String json(List<MethodDifference> differences) throws JsonProcessingException {
        return JSON.writeValueAsString(differences);
    }

    public static String table(RejudgePlan plan, List<MethodDifference> differences) {
        StringBuilder text = new StringBuilder();
        for (MethodDifference difference : differences) {
            one(text, difference);
        }
        for (String survey : plan.surveys()) {
            if (differences.stream().noneMatch(one -> one.survey().equals(survey))) {
                line(text, "Survey %s: by no other version of the method, nothing to compare with", survey);
            }
        }
        return text.toString();
    }

    private static void one(StringBuilder text, MethodDifference difference) {
        line(
                text,
                "Survey %s from %s: version %d against version %d of the method",
                difference.survey(),
                difference.vantage(),
                difference.now(),
                difference.before());
        line(text, "  judged alike   %,10d", difference.alike());
        line(text, "  otherwise      %,10d", difference.otherwise());
        if (difference.onlyBefore() + difference.onlyNow() > 0) {
            line(text, "  only by %d      %,10d", difference.before(), difference.onlyBefore());
            line(text, "  only by %d      %,10d", difference.now(), difference.onlyNow());
        }
        if (!difference.byColumn().isEmpty()) {
            line(text, "Domains that differ in");
            for (Map.Entry<String, Long> column : difference.byColumn().entrySet()) {
                line(text, "  %-20s %,10d", column.getKey(), column.getValue());
            }
        }
        shares(text, difference);
        if (!difference.movements().isEmpty()) {
            line(text, "Largest movements");
            for (Movement movement : difference.movements()) {
                line(
                        text,
                        "  %-20s %,10d   %s → %s",
                        movement.column(),
                        movement.domains(),
                        shown(movement.from()),
                        shown(movement.to()));
            }
        }
        text.append('\n');
    }

    private static void shares(StringBuilder text, MethodDifference difference) {
        List<ShareChange> changed = difference.shares().stream()
                .filter(share -> share.change() == null || share.change() != 0)
                .toList();
        if (changed.isEmpty()) {
            line(text, "Published shares are the same");
            return;
        }
        line(text, "Published shares");
        for (ShareChange share : changed) {
            line(
                    text,
                    "  %-20s %10s → %s%s",
                    share.name(),
                    percent(share.before()),
                    percent(share.now()),
                    share.change() == null ? "" : String.format(Locale.ROOT, "   %+.2f points", share.change() * 100));
        }
    }

    private static String percent(Double share) {
        return share == null ? "not published" : String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    private static String shown(String value) {
        return value.isEmpty() ? "(none)" : value.replaceAll("\\p{Cntrl}", "?");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
