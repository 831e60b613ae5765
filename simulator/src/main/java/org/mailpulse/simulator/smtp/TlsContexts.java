package org.mailpulse.simulator.smtp;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLException;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.HostPlan;
import org.mailpulse.simulator.world.ServerKind;
import org.mailpulse.simulator.world.World;

/** What a server presents to who asks for a name. Made when first asked for; the least used is dropped. */
final class TlsContexts implements AutoCloseable {
    /** Each holds some tens of kilobytes outside the heap. */
    private static final int MAX_KEPT = 256;

    private static final CertificatePlan NAMELESS =
            new CertificatePlan(CertificateKind.VALID, false, List.of("nameless.machines.example"));

    private record Key(TlsProfile profile, CertificatePlan plan) {}

    private final World world;
    private final IntSupplier survey;
    private final Credentials credentials;
    private final Map<Key, SslContext> kept = new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

    TlsContexts(World world, IntSupplier survey, Credentials credentials) {
        this.world = world;
        this.survey = survey;
        this.credentials = credentials;
    }

    /**
     * @param sni host name that the client asks for; null if it asks for none
     * @return to be released by the caller
     */
    SslContext retained(ServerKind kind, String sni) {
        CertificatePlan plan = sni == null
                ? NAMELESS
                : world.host(sni, survey.getAsInt()).map(HostPlan::certificate).orElse(NAMELESS);
        return retained(new Key(TlsProfile.of(kind), plan));
    }

    private synchronized SslContext retained(Key key) {
        SslContext context = kept.get(key);
        if (context == null) {
            context = build(key);
            kept.put(key, context);
            dropEldest();
        }
        return ReferenceCountUtil.retain(context);
    }

    private void dropEldest() {
        if (kept.size() > MAX_KEPT) {
            var eldest = kept.entrySet().iterator();
            SslContext dropped = eldest.next().getValue();
            eldest.remove();
            ReferenceCountUtil.release(dropped);
        }
    }

    private SslContext build(Key key) {
        Credential credential = credentials.of(key.plan());
        TlsProfile profile = key.profile();
        SslContextBuilder builder = SslContextBuilder.forServer(OneCredential.factory(credential))
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(InsecureTrustManagerFactory.INSTANCE) // no client is asked; else each loads the JDK's CAs
                .protocols(profile.versions())
                .option(OpenSslContextOption.GROUPS, profile.groups().toArray(String[]::new));
        if (!profile.ciphers().isEmpty()) {
            builder.ciphers(profile.ciphers());
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("no TLS context for " + key, e);
        }
    }

    @Override
    public synchronized void close() {
        kept.values().forEach(ReferenceCountUtil::release);
        kept.clear();
    }
}
