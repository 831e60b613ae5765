package org.mailpulse.engine.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mailpulse.engine.chdb.ClickHouseError;

/**
 * What the URL and the headers of a request to ClickHouse's HTTP interface say.
 *
 * @param path such as {@code /} or {@code /ping}
 * @param readOnly as ClickHouse has it for GET: statements that change something are refused
 * @param query SQL from the URL, empty if none; the body follows it
 * @param queryId the client's name for the query, or one of ours if it has none or one that is no plain word
 * @param database the current database; empty means {@code default}
 * @param format for results of statements that have no FORMAT of their own
 * @param compress whether the response is to be in ClickHouse's LZ4 blocks
 * @param decompress whether the body is in such blocks
 * @param parameters values for {@code {name:Type}} in the SQL
 * @param settings query settings, in the order given
 */
record QueryRequest(
        String path,
        boolean readOnly,
        String query,
        String queryId,
        String database,
        String format,
        boolean compress,
        boolean decompress,
        Map<String, String> parameters,
        Map<String, String> settings) {

    private static final int MAX_URL_PARAMETERS = 1000;
    private static final String PARAMETER_PREFIX = "param_";

    /** URL parameters that are neither settings nor, here, of any effect: who asks is not checked on the loopback. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "user",
            "password",
            "quota_key",
            "role",
            "wait_end_of_query",
            "buffer_size",
            "stacktrace",
            "session_timeout",
            "session_check",
            "client_protocol_version",
            "close_session");

    private static final Set<String> KNOWN =
            Set.of("query", "query_id", "database", "default_format", "compress", "decompress");

    private static final Pattern QUERY_ID = Pattern.compile("[\\w.:-]{1,200}");
    private static final Pattern FORMAT = Pattern.compile("\\w{1,100}");

    QueryRequest {
        if (!QUERY_ID.matcher(queryId).matches()) {
            queryId = UUID.randomUUID().toString();
        }
    }

    static QueryRequest of(HttpRequest request) throws ClickHouseError {
        var url = new QueryStringDecoder(request.uri(), StandardCharsets.UTF_8, true, MAX_URL_PARAMETERS);
        var known = new HashMap<String, String>();
        var parameters = new LinkedHashMap<String, String>();
        var settings = new LinkedHashMap<String, String>();
        url.parameters().forEach((name, values) -> {
            var value = values.get(values.size() - 1);
            if (name.startsWith(PARAMETER_PREFIX)) {
                parameters.put(name.substring(PARAMETER_PREFIX.length()), value);
            } else if (KNOWN.contains(name)) {
                known.put(name, value);
            } else if (!WITHOUT_EFFECT.contains(name)) {
                settings.put(name, value);
            }
        });
        var headers = request.headers();
        return new QueryRequest(
                url.path(),
                request.method().equals(HttpMethod.GET),
                known.getOrDefault("query", ""),
                known.getOrDefault("query_id", header(headers, "X-ClickHouse-Query-Id", "")),
                known.getOrDefault("database", header(headers, "X-ClickHouse-Database", "")),
                format(header(headers, "X-ClickHouse-Format", known.getOrDefault("default_format", "TabSeparated"))),
                isOn(known.get("compress")),
                isOn(known.get("decompress")),
                parameters,
                settings);
    }

    static boolean isFormatName(String name) {
        return FORMAT.matcher(name).matches();
    }

    private static String format(String name) throws ClickHouseError {
        if (!isFormatName(name)) {
            throw ClickHouseError.of(73, "UNKNOWN_FORMAT", "Unknown format in the request");
        }
        return name;
    }

    private static String header(HttpHeaders headers, String name, String otherwise) {
        var value = headers.get(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static boolean isOn(String value) {
        return "1".equals(value) || "true".equalsIgnoreCase(value);
    }
}
