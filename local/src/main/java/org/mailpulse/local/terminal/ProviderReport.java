package org.mailpulse.local.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.mailpulse.model.verdict.Method;
import org.mailpulse.model.verdict.ProviderRules;
import org.mailpulse.warehouse.ProviderSize;
import org.mailpulse.warehouse.ProviderSizes;

/**
 * Who runs the mail of a survey's domains, and for whom a rule is wanted.
 *
 * @param method version that the survey was judged by; 0 where nothing has been judged
 * @param domains whose provider could be told
 * @param unmatchedDomains those of them whose MX host no rule names, and that do not run their mail themselves
 * @param largest biggest first, as is unmatched
 */
public record ProviderReport(
        String survey,
        String vantage,
        int method,
        long domains,
        long unmatchedDomains,
        List<ProviderSize> largest,
        List<ProviderSize> unmatched) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** DNS allows a name much longer than anybody wants to see in a table. */
    private static final int MAX_NAME = 60;

    public static ProviderReport read(ProviderSizes sizes, String survey, String vantage, int top) throws SQLException {
        return new ProviderReport(
                survey,
                vantage,
                sizes.method(survey, vantage),
                sizes.domains(survey, vantage),
                sizes.unmatchedDomains(survey, vantage),
                sizes.largest(survey, vantage, top),
                sizes.unmatched(survey, vantage, top));
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the report could not be written as JSON", e);
        }
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        line(text, "Survey %s from %s: the mail of %,d domains, by method %d", survey, vantage, domains, method);
        line(text, "");
        line(text, "The largest providers");
        table(text, largest);
        line(text, "");
        if (method == Method.V1.version()) {
            line(text, "Method 1 knows no rules: nothing is matched or unmatched.");
            return text.toString();
        }
        line(
                text,
                "The largest MX domains without a rule: %,d domains in all, %s",
                unmatchedDomains,
                percent(domains == 0 ? Double.NaN : (double) unmatchedDomains / domains));
        table(text, unmatched);
        return text.toString();
    }

    private static void table(StringBuilder text, List<ProviderSize> sizes) {
        if (sizes.isEmpty()) {
            line(text, "  none");
        }
        int width = sizes.stream().mapToInt(size -> name(size).length()).max().orElse(0);
        for (ProviderSize size : sizes) {
            line(
                    text,
                    "  %-" + width + "s  %-7s  %,10d  %7s  e.g. %s",
                    name(size),
                    size.kind().toLowerCase(Locale.ROOT),
                    size.domains(),
                    percent(size.share()),
                    shown(size.example()));
        }
    }

    private static String name(ProviderSize size) {
        String display = ProviderRules.known().displayName(size.provider());
        return shown(display.equals(size.provider()) ? display : display + " (" + size.provider() + ")");
    }

    /** Names of MX hosts are what strangers wrote into DNS. */
    private static String shown(String name) {
        String harmless = name.replaceAll("\\p{C}", "\uFFFD");
        return harmless.length() <= MAX_NAME ? harmless : harmless.substring(0, MAX_NAME - 1) + "…";
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
