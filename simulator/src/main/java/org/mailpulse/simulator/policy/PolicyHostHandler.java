package org.mailpulse.simulator.policy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.mailpulse.simulator.policy.Policies.Site;
import org.mailpulse.simulator.tls.TlsContexts;
import org.mailpulse.simulator.tls.TlsProfile;
import org.mailpulse.simulator.world.MailPlan.MtaStsPlan;
import org.mailpulse.simulator.world.ServerKind;

/** Takes the certificate of the policy host that the ClientHello names; breaks off where that is planned, or unknown. */
final class PolicyHostHandler extends SniHandler {
    PolicyHostHandler(TlsContexts contexts, Function<String, Site> sites) {
        super((Mapping<String, SslContext>) sni -> context(contexts, sni == null ? null : sites.apply(sni)));
    }

    private static SslContext context(TlsContexts contexts, Site site) {
        if (site == null || site.mtaSts() == MtaStsPlan.BROKEN_TLS) {
            throw new IllegalArgumentException("nothing to present");
        }
        return contexts.retained(TlsProfile.of(ServerKind.TLS13), site.certificate());
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
