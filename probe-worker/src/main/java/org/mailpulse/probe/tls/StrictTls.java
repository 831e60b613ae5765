package org.mailpulse.probe.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSslClientContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS of our own errands, with nothing in common with {@link TlsClient}: TLS 1.2 or 1.3, and only to a server whose
 * certificate leads to the trust store, is in date and names the host.
 */
public final class StrictTls implements AutoCloseable {
    private final SslContext context;
    private final Executor checks;

    /** @param checks runs the checking of certificates; not an event loop */
    public StrictTls(TrustStore trust, Executor checks) {
        this.checks = checks;
        try {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .trustManager(new NamingTrustManager(pkix(trust)))
                    .endpointIdentificationAlgorithm("")
                    .protocols("TLSv1.2", "TLSv1.3")
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("BoringSSL cannot be set up", e);
        }
        ((OpenSslClientContext) context).sessionContext().setSessionCacheEnabled(false);
    }

    /** @param host in A-labels, lower case: the name to ask for, and to be found in the certificate */
    public SslHandler handler(ByteBufAllocator allocator, String host, int port, long timeoutMillis) {
        SslHandler handler = context.newHandler(allocator, host, port, checks);
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        return handler;
    }

    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }

    private static X509TrustManager pkix(TrustStore trust) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int number = 0;
            for (X509Certificate root : trust.certificates()) {
                roots.setCertificateEntry("root-" + number++, root);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(roots);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalStateException("PKIX cannot be set up", e);
        }
    }

    /** Names are checked here: the JDK would accept a common name, or a star for a part of a label. */
    private static final class NamingTrustManager extends X509ExtendedTrustManager {
        private final X509TrustManager pkix;

        NamingTrustManager(X509TrustManager pkix) {
            this.pkix = pkix;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            pkix.checkServerTrusted(chain, authType);
            if (!CertificateNames.hold(CertificateNames.of(chain[0]), engine.getPeerHost())) {
                throw new CertificateException("the certificate does not name " + engine.getPeerHost());
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("there are no sockets here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("without a host's name there is nothing to check against");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return pkix.getAcceptedIssuers();
        }
    }
}
