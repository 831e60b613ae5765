package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.mailpulse.model.observation.KeyExchange;
import org.mailpulse.model.observation.TlsFacts;
import org.mailpulse.model.observation.TlsVersion;

/**
 * The full modern offer of BoringSSL, TLS 1.0 to 1.3, to any certificate: what the certificate is worth is judged
 * afterwards. Sessions are never resumed, since a resumed handshake shows no chain.
 */
public final class TlsClient implements AutoCloseable {
    /** Certificates of a chain that are looked at. */
    private static final int MAX_CHAIN = 10;

    private final SslContext context;

    public TlsClient() {
        try {
            context = SslContextBuilder.forClient()
                    // engines are released by their handlers; those of OPENSSL would wait for a finalizer, thousands at
                    // a time
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .trustManager(new AcceptAny())
                    .endpointIdentificationAlgorithm("")
                    .protocols("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
                    .ciphers(OpenSsl.availableJavaCipherSuites())
                    .enableOcsp(true)
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("BoringSSL cannot be set up", e);
        }
        ((ReferenceCountedOpenSslContext) context).sessionContext().setSessionCacheEnabled(false);
    }

    /** @param sni the name to ask for; null for none */
    public SslHandler handler(ByteBufAllocator allocator, String sni, int port, long timeoutMillis) {
        SslHandler handler = sni == null ? context.newHandler(allocator) : context.newHandler(allocator, sni, port);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        return handler;
    }

    /** What the completed handshake came to. */
    public static Secured secured(SSLEngine engine, HandshakeTap tap) {
        SSLSession session = engine.getSession();
        String cipher = session.getCipherSuite();
        TlsFacts facts = new TlsFacts(
                TlsVersion.ofLabel(session.getProtocol()),
                cipher,
                NamedGroups.name(tap.group()),
                keyExchange(cipher, tap.group()),
                hasStaple(engine));
        return new Secured(facts, chain(session));
    }

    private static boolean hasStaple(SSLEngine engine) {
        byte[] response = ((ReferenceCountedOpenSslEngine) engine).getOcspResponse();
        return response != null && response.length > 0;
    }

    /** Up to TLS 1.2 the suite names the key exchange, since TLS 1.3 the group alone does. */
    static KeyExchange keyExchange(String cipher, int group) {
        if (cipher.contains("_ECDHE_")) {
            return KeyExchange.ECDHE;
        }
        if (cipher.contains("_DHE_")) {
            return KeyExchange.DHE;
        }
        if (cipher.startsWith("TLS_RSA_")) {
            return KeyExchange.RSA;
        }
        return NamedGroups.keyExchange(group);
    }

    private static List<byte[]> chain(SSLSession session) {
        List<byte[]> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (chain.size() < MAX_CHAIN) {
                    chain.add(certificate.getEncoded());
                }
            }
        } catch (SSLPeerUnverifiedException | CertificateEncodingException e) {
            return List.of(); // an anonymous suite, or bytes that are no certificate
        }
        return chain;
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }

    /** @param chain DER certificates, leaf first; empty if the server showed none */
    public record Secured(TlsFacts facts, List<byte[]> chain) {
        public Secured {
            chain = List.copyOf(chain);
        }
    }

    /** Extended, so that the engine adds no checks of its own. */
    private static final class AcceptAny extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
