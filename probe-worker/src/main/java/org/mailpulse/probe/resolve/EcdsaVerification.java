package org.mailpulse.probe.resolve;

import java.security.Provider;
import java.security.Security;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi;

/**
 * Verifies ECDSA signatures, the most common ones of DNSSEC, by Bouncy Castle: JDK 17 takes three to four times as long
 * over each, and validation does hardly anything else. dnsjava asks the platform for its algorithms, so the platform has
 * to offer it. Nothing else of Bouncy Castle is offered, and to no one who signs.
 */
final class EcdsaVerification extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "MailPulseEcdsa";

    private EcdsaVerification() {
        super(NAME, "1", "verifies ECDSA signatures");
        putService(new Verifier(this, "SHA256withECDSA", SignatureSpi.ecDSA256::new));
        putService(new Verifier(this, "SHA384withECDSA", SignatureSpi.ecDSA384::new));
    }

    static synchronized void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new EcdsaVerification(), 1);
        }
    }

    private static final class Verifier extends Service {
        private final Supplier<java.security.SignatureSpi> maker;

        Verifier(Provider provider, String algorithm, Supplier<java.security.SignatureSpi> maker) {
            super(provider, "Signature", algorithm, SignatureSpi.class.getName(), List.of(), null);
            this.maker = maker;
        }

        @Override
        public Object newInstance(Object parameter) {
            return maker.get();
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof ECPublicKey;
        }
    }
}
