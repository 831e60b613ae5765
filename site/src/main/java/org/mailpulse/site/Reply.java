package org.mailpulse.site;

import java.util.Map;

/**
 * An answer to a request.
 *
 * @param headers beyond those that every answer has
 */
record Reply(int status, String html, Map<String, String> headers) {
    static Reply of(int status, String html) {
        return new Reply(status, html, Map.of("Cache-Control", "no-store"));
    }

    static Reply fresh(String html, long seconds) {
        return new Reply(200, html, Map.of("Cache-Control", "max-age=" + seconds));
    }
}
