package org.mailpulse.simulator.tls;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.mailpulse.simulator.pki.Credential;
import org.mailpulse.simulator.world.CertificatePlan;

/** TLS contexts by profile and certificate. Made when first asked for; the least used is dropped. */
public final class TlsContexts implements AutoCloseable {
    /** Each holds some tens of kilobytes outside the heap. */
    private static final int MAX_KEPT = 256;

    private record Key(TlsProfile profile, CertificatePlan plan) {}

    private final Credentials credentials;
    private final Map<Key, SslContext> kept = new LinkedHashMap<>(MAX_KEPT, 0.75f, true);

    public TlsContexts(Credentials credentials) {
        this.credentials = credentials;
    }

    /** @return to be released by the caller */
    public SslContext retained(TlsProfile profile, CertificatePlan plan) {
        return retained(new Key(profile, plan));
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
