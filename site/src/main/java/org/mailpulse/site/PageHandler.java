package org.mailpulse.site;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.mailpulse.site.findings.Asked;
import org.mailpulse.site.findings.FindingsStore;
import org.mailpulse.site.findings.RefusedException;
import org.mailpulse.site.page.Pages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /}; everything else is refused in one line. */
final class PageHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PageHandler.class);
    private static final int NO_BODY = -1;

    private final FindingsStore<String> store;
    private final Pages pages;
    private final Map<String, String> security;

    PageHandler(FindingsStore<String> store, Pages pages) {
        this.store = store;
        this.pages = pages;
        this.security = Map.of(
                "Content-Security-Policy",
                "default-src 'none'; style-src " + pages.styleSource() + "; img-src data:; form-action 'self';"
                        + " base-uri 'none'; frame-ancestors 'none'",
                "X-Content-Type-Options",
                "nosniff",
                "X-Frame-Options",
                "DENY",
                "Referrer-Policy",
                "no-referrer",
                "Cross-Origin-Opener-Policy",
                "same-origin",
                "Cross-Origin-Resource-Policy",
                "same-origin",
                "Permissions-Policy",
                "camera=(), geolocation=(), microphone=()");
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Reply answer(HttpExchange exchange) {
        try {
            if (!exchange.getRequestURI().getPath().equals("/")) {
                return refusal(404, "There is nothing here", "There is no such page.");
            }
            return switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> page(exchange.getRequestURI().getRawQuery());
                default ->
                    new Reply(
                            405,
                            pages.message("Only to be read", "This page can only be read (GET or HEAD).", true),
                            Map.of("Allow", "GET, HEAD", "Cache-Control", "no-store"));
            };
        } catch (RuntimeException e) {
            LOG.error("a request failed", e);
            return refusal(500, "Something went wrong", "The page could not be made. The log says why.");
        }
    }

    private Reply page(String query) {
        try {
            Optional<String> found = store.find(Asked.parse(query));
            if (found.isEmpty()) {
                return Reply.of(200, pages.message("No survey yet", NOTHING_YET, false));
            }
            return Reply.fresh(found.get(), FindingsStore.FRESH.toSeconds());
        } catch (RefusedException e) {
            return refusal(e.kind().status(), title(e.kind()), e.getMessage());
        }
    }

    private static final String NOTHING_YET = "Nothing has been surveyed so far. Once a survey has started"
            + " (./mailpulse run --targets populations/example.csv), this page shows what it finds.";

    private static String title(RefusedException.Kind kind) {
        return switch (kind) {
            case MALFORMED -> "That could not be understood";
            case UNKNOWN -> "There is nothing like that here";
            case UNAVAILABLE -> "Not just now";
        };
    }

    private Reply refusal(int status, String title, String text) {
        return Reply.of(status, pages.message(title, text, true));
    }

    private void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.html().getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        security.forEach(headers::set);
        reply.headers().forEach(headers::set);
        if (reply.status() == 503) {
            headers.set("Retry-After", String.valueOf(FindingsStore.FRESH.toSeconds()));
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(reply.status(), NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
