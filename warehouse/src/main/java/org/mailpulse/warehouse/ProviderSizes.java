package org.mailpulse.warehouse;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The providers of one survey from one vantage point, by the newest method version it was judged by. */
public final class ProviderSizes {
    private static final String COLUMNS = ", domains, share, example FROM ";
    private static final String WHERE = " WHERE survey = ? AND vantage = ? ORDER BY domains DESC, ";

    private static final String LARGEST =
            "SELECT provider, provider_kind" + COLUMNS + "provider_sizes" + WHERE + "provider, provider_kind LIMIT ?";

    private static final String UNMATCHED =
            "SELECT mx_domain, ''" + COLUMNS + "unmatched_mx_domains" + WHERE + "mx_domain LIMIT ?";

    private static final String METHOD = "SELECT method_version FROM current_methods WHERE survey = ? AND vantage = ?";

    private final Warehouse warehouse;

    public ProviderSizes(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** With or without a rule, and the self-hosted; biggest first, at most {@code limit}. */
    public List<ProviderSize> largest(String survey, String vantage, int limit) throws SQLException {
        return read(LARGEST, survey, vantage, limit);
    }

    /** Registrable domains of MX hosts that no rule names; biggest first, at most {@code limit}. */
    public List<ProviderSize> unmatched(String survey, String vantage, int limit) throws SQLException {
        return read(UNMATCHED, survey, vantage, limit);
    }

    /** Domains whose provider could be told. */
    public long domains(String survey, String vantage) throws SQLException {
        return number("SELECT sum(domains) FROM provider_sizes WHERE survey = ? AND vantage = ?", survey, vantage);
    }

    /** Those of them that {@link #unmatched} is about. */
    public long unmatchedDomains(String survey, String vantage) throws SQLException {
        return number(
                "SELECT sum(domains) FROM unmatched_mx_domains WHERE survey = ? AND vantage = ?", survey, vantage);
    }

    /** @return 0 where nothing has been judged yet */
    public int method(String survey, String vantage) throws SQLException {
        return (int) number(METHOD, survey, vantage);
    }

    private long number(String sql, String survey, String vantage) throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private List<ProviderSize> read(String sql, String survey, String vantage, int limit) throws SQLException {
        try (Connection connection = warehouse.connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, survey);
            select.setString(2, vantage);
            select.setInt(3, limit);
            List<ProviderSize> sizes = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sizes.add(new ProviderSize(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getDouble(4),
                            rows.getString(5)));
                }
            }
            return sizes;
        }
    }
}
