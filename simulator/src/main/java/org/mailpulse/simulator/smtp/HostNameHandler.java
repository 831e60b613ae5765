package org.mailpulse.simulator.smtp;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.mailpulse.simulator.world.ServerKind;

/** Waits for the ClientHello and takes the certificate of the host that it names. */
final class HostNameHandler extends SniHandler {
    HostNameHandler(ServerKind kind, TlsContexts contexts) {
        super((String sni) -> contexts.retained(kind, sni));
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
