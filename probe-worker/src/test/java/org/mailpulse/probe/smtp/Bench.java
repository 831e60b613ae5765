package org.mailpulse.probe.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mailpulse.probe.net.Transport;
import org.mailpulse.probe.tls.TlsClient;

/** A prober for tests: asks one server at a time and waits for the answer. */
public final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Transport transport = Transport.open(1);
    private final TlsClient tls = new TlsClient();

    public SmtpFindings ask(InetSocketAddress at, String host) throws Exception {
        return prober(at).probe(at.getAddress(), host).get(40, TimeUnit.SECONDS);
    }

    public SmtpFindings offerWidely(InetSocketAddress at, String host) throws Exception {
        return prober(at).offerWidely(at.getAddress(), host).get(40, TimeUnit.SECONDS);
    }

    private SmtpProber prober(InetSocketAddress at) {
        return new SmtpProber(transport, settings(at.getPort(), PATIENCE, PATIENCE.multipliedBy(3)), tls);
    }

    /** @param step for each of the steps */
    public static SmtpSettings settings(int port, Duration step, Duration whole) {
        return new SmtpSettings(port, "probe.example", true, step, step, step, step, whole);
    }

    @Override
    public void close() {
        transport.close();
        tls.close();
    }
}
