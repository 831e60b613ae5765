package org.mailpulse.site;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.mailpulse.site.findings.FindingsStore;
import org.mailpulse.site.page.PageView;
import org.mailpulse.site.page.Pages;
import org.mailpulse.warehouse.Warehouse;

/** Serves the page over HTTP. Few threads, short queues and time limits: too many visitors wait or are turned away. */
public final class SiteServer implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int WAITING = 512;
    private static final int BACKLOG = 256;
    private static final int MAX_PORT = 65_535;

    static {
        // Seconds in which a request must have come, and its answer gone. The server knows no other way to be told.
        limit("sun.net.httpserver.maxReqTime", 5);
        limit("sun.net.httpserver.maxRspTime", 60);
        limit("sun.net.httpserver.idleInterval", 30);
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final FindingsStore<String> findings;
    private final String url;

    private SiteServer(HttpServer server, Warehouse warehouse, String url) {
        this.server = server;
        this.url = url;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "site-http");
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        Pages pages = new Pages();
        findings = new FindingsStore<>(warehouse, found -> pages.page(PageView.of(found)));
        server.createContext("/", new PageHandler(findings, pages));
    }

    /**
     * @param host name or address to listen at
     * @param port 0 … 65535; 0 takes a free one
     * @throws IOException in one line, if it cannot listen there
     */
    public static SiteServer start(Warehouse warehouse, String host, int port) throws IOException {
        if (port < 0 || port > MAX_PORT) {
            throw new IOException("the port of the page must be 0 to " + MAX_PORT + ", not " + port);
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("the page cannot be served at " + host + ": there is no such host");
        }
        HttpServer server = listen(address, host, port);
        String named = host.contains(":") ? "[" + host + "]" : host;
        String url = "http://" + named + ":" + server.getAddress().getPort() + "/";
        SiteServer site = new SiteServer(server, warehouse, url);
        server.start();
        return site;
    }

    private static HttpServer listen(InetSocketAddress address, String host, int port) throws IOException {
        try {
            return HttpServer.create(address, BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "the page cannot be served at port " + port + " of " + host + ": " + e.getMessage()
                            + "; choose another port, or 0 for any",
                    e);
        }
    }

    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(value));
        }
    }

    /** Where the page is, e.g. {@code http://127.0.0.1:8025/}. */
    public String url() {
        return url;
    }

    /** Ends at once; answers that are on their way are cut off. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        findings.close();
    }
}
