package org.mailpulse.site.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mailpulse.model.rollup.Share;

/** The pages as HTML. Everything that comes from elsewhere is escaped by the template engine. Safe for several threads. */
public final class Pages {
    private static final String FOLDER = "org/mailpulse/site/page/";

    private final String style = resource("style.css");
    private final PebbleTemplate page;
    private final PebbleTemplate message;

    public Pages() {
        ClasspathLoader loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setSuffix(".peb");
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .build();
        page = engine.getTemplate("page");
        message = engine.getTemplate("message");
    }

    public String page(PageView view) {
        return render(
                page,
                Map.of(
                        "view",
                        view,
                        "minDomains",
                        Share.MIN_DOMAINS,
                        "minCoverage",
                        Math.round(Share.MIN_COVERAGE * 100)));
    }

    /** @param text one line */
    public String message(String title, String text, boolean linkHome) {
        return render(message, Map.of("title", title, "text", text, "linkHome", linkHome));
    }

    /** By which a Content-Security-Policy allows the style sheet that the pages carry, and no other. */
    public String styleSource() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String render(PebbleTemplate template, Map<String, Object> values) {
        Map<String, Object> context = new HashMap<>(values);
        context.put("style", style);
        StringWriter html = new StringWriter();
        try {
            template.evaluate(html, context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return html.toString();
    }

    private static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
