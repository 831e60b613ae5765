package org.mailpulse.simulator.smtp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mailpulse.simulator.tls.TlsContexts;
import org.mailpulse.simulator.tls.TlsProfile;
import org.mailpulse.simulator.world.CertificateKind;
import org.mailpulse.simulator.world.CertificatePlan;
import org.mailpulse.simulator.world.ServerKind;

/** Waits for the ClientHello and takes the certificate of the host that it names. */
final class HostNameHandler extends SniHandler {
    private static final CertificatePlan NAMELESS =
            new CertificatePlan(CertificateKind.VALID, false, List.of("nameless.machines.example"));

    /** @param certificates MX host by name → its certificate; never asked for null */
    HostNameHandler(ServerKind kind, TlsContexts contexts, Function<String, Optional<CertificatePlan>> certificates) {
        super((Mapping<String, SslContext>) sni -> contexts.retained(
                TlsProfile.of(kind),
                sni == null ? NAMELESS : certificates.apply(sni).orElse(NAMELESS)));
    }

    @Override
    protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
        try {
            return super.newSslHandler(context, allocator); // whose engine retains the context for itself
        } finally {
            ReferenceCountUtil.release(context);
        }
    }
}
