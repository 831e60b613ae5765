package org.mailpulse.local.demo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailpulse.model.rollup.Counts;
import org.mailpulse.model.rollup.RollupKey;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.Statistics;

/**
 * The figures of one survey.
 *
 * @param byProvider all providers, also those with few domains
 */
record Month(String survey, Group all, Map<String, Counts> byProvider, Map<String, Counts> byTld) {

    static List<Month> read(Statistics statistics, List<String> surveys, String vantage) throws SQLException {
        List<Month> months = new ArrayList<>();
        for (String survey : surveys) {
            String all = RollupKey.EVERYTHING;
            months.add(new Month(
                    survey,
                    new Group(all, statistics.totals(survey, vantage, all)),
                    byName(statistics.byProvider(survey, vantage, all, Integer.MAX_VALUE)),
                    byName(statistics.byTld(survey, vantage, all, Integer.MAX_VALUE))));
        }
        return months;
    }

    private static Map<String, Counts> byName(List<Group> groups) {
        Map<String, Counts> byName = new LinkedHashMap<>();
        groups.forEach(group -> byName.put(group.name(), group.counts()));
        return byName;
    }
}
