package org.mailpulse.warehouse;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Table {@code aside}: records that are counted nowhere. */
public final class AsideTable {
    public static final String INSERT = InsertText.into("aside", "place, cause, survey, domain, detail");

    private AsideTable() {}

    /**
     * @param place topic, partition and offset of the record: the key
     * @param survey empty where the record does not tell, as is domain
     */
    public static void bind(
            PreparedStatement insert, String place, String cause, String survey, String domain, String detail)
            throws SQLException {
        new Parameters(insert).text(place).text(cause).text(survey).text(domain).text(detail);
    }
}
