package org.mailpulse.probe.policy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.mailpulse.simulator.pki.Credential;

/** The JDK's HTTPS server with one certificate and one answer for all. */
final class HttpsPeer implements AutoCloseable {
    /** @param status 0 to hang up without a word */
    record Answer(int status, String contentType, String location, String body, int delayMillis) {
        static Answer text(String body) {
            return new Answer(200, "text/plain; charset=utf-8", null, body, 0);
        }

        static Answer status(int status) {
            return new Answer(status, "text/plain", null, "sorry", 0);
        }
    }

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "https-peer");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> asked = new CopyOnWriteArrayList<>();

    HttpsPeer(InetSocketAddress at, Credential credential, String protocol, Answer answer) throws IOException {
        server = HttpsServer.create(at, 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context(credential)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
                ssl.setProtocols(new String[] {protocol});
                parameters.setSSLParameters(ssl);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, answer));
        server.start();
    }

    /** Path and Host of each request. */
    List<String> asked() {
        return asked;
    }

    private void serve(HttpExchange exchange, Answer answer) throws IOException {
        asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Host"));
        if (answer.delayMillis > 0) {
            try {
                Thread.sleep(answer.delayMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (answer.status == 0) {
            exchange.close();
            return;
        }
        if (answer.contentType != null) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType);
        }
        if (answer.location != null) {
            exchange.getResponseHeaders().set("Location", answer.location);
        }
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static SSLContext context(Credential credential) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry(
                    "leaf", credential.key(), new char[0], credential.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS for the peer", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
