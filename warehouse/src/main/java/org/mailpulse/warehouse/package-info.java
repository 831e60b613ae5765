/**
 * ClickHouse: the schema as numbered migrations, what is written per table, and named queries. Superseded rows may linger
 * in the tables until the server merges them away; the views {@code <table>_final} show only the newest.
 */
package org.mailpulse.warehouse;
