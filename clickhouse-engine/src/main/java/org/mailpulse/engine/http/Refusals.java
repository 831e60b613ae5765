package org.mailpulse.engine.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import org.mailpulse.engine.chdb.ClickHouseError;

/**
 * Requests that are turned away before any SQL is read: those that a web page makes through the user's browser (nobody is
 * asked for a password here), and those that need what we don't have.
 */
final class Refusals {
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost");

    private Refusals() {}

    static void check(HttpRequest http, QueryRequest request) throws ClickHouseError {
        var headers = http.headers();
        if (isFromWebPage(headers)) {
            throw ClickHouseError.of(497, "ACCESS_DENIED", "Web pages may not query this engine");
        }
        if (header(headers, HttpHeaderNames.CONTENT_TYPE).startsWith("multipart/")) {
            throw unsupported("Multipart forms");
        }
        if (!Set.of("", "identity").contains(header(headers, HttpHeaderNames.CONTENT_ENCODING))) {
            throw unsupported("Encoded bodies (Content-Encoding)");
        }
        if (request.settings().containsKey("session_id")) {
            throw unsupported("Sessions");
        }
    }

    /** A foreign page shows itself by its origin, or, after DNS rebinding, by a host name that is not ours. */
    private static boolean isFromWebPage(HttpHeaders headers) {
        var site = header(headers, "Sec-Fetch-Site");
        var host = header(headers, HttpHeaderNames.HOST).replaceFirst(":\\d*$", "");
        return headers.contains(HttpHeaderNames.ORIGIN)
                || !Set.of("", "none").contains(site)
                || !host.isEmpty() && !OWN_NAMES.contains(host);
    }

    private static String header(HttpHeaders headers, CharSequence name) {
        var value = headers.get(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }

    private static ClickHouseError unsupported(String what) {
        return ClickHouseError.of(48, "NOT_IMPLEMENTED", what + " are not supported by the embedded engine");
    }
}
