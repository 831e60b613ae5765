package org.mailpulse.probe.tls;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mailpulse.model.observation.KeyExchange;

/**
 * Cipher suites of the wide offer by their IANA names, in the order of our preference. At most 64: Exchange 2003 looks
 * at no more, and knows only the last ones.
 */
enum WideSuite {
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xc02c),
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xc02b),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xc030),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xc02f),
    TLS_DHE_RSA_WITH_AES_256_GCM_SHA384(0x009f),
    TLS_DHE_RSA_WITH_AES_128_GCM_SHA256(0x009e),
    TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xccaa),
    TLS_DHE_DSS_WITH_AES_256_GCM_SHA384(0x00a3),
    TLS_DHE_DSS_WITH_AES_128_GCM_SHA256(0x00a2),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(0xc00a),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(0xc009),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(0xc014),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(0xc013),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384(0xc028),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256(0xc027),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA256(0x006b),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA256(0x0067),
    TLS_DHE_RSA_WITH_AES_256_CBC_SHA(0x0039),
    TLS_DHE_RSA_WITH_AES_128_CBC_SHA(0x0033),
    TLS_DHE_DSS_WITH_AES_256_CBC_SHA(0x0038),
    TLS_DHE_DSS_WITH_AES_128_CBC_SHA(0x0032),
    TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA(0x0088),
    TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA(0x0045),
    TLS_DHE_RSA_WITH_SEED_CBC_SHA(0x009a),
    TLS_RSA_WITH_AES_256_GCM_SHA384(0x009d),
    TLS_RSA_WITH_AES_128_GCM_SHA256(0x009c),
    TLS_RSA_WITH_AES_256_CBC_SHA256(0x003d),
    TLS_RSA_WITH_AES_128_CBC_SHA256(0x003c),
    TLS_RSA_WITH_AES_256_CBC_SHA(0x0035),
    TLS_RSA_WITH_AES_128_CBC_SHA(0x002f),
    TLS_RSA_WITH_CAMELLIA_256_CBC_SHA(0x0084),
    TLS_RSA_WITH_CAMELLIA_128_CBC_SHA(0x0041),
    TLS_RSA_WITH_SEED_CBC_SHA(0x0096),
    TLS_RSA_WITH_IDEA_CBC_SHA(0x0007),
    TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA(0xc008),
    TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA(0xc012),
    TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA(0x0016),
    TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA(0x0013),
    TLS_RSA_WITH_3DES_EDE_CBC_SHA(0x000a),
    TLS_ECDHE_ECDSA_WITH_RC4_128_SHA(0xc007),
    TLS_ECDHE_RSA_WITH_RC4_128_SHA(0xc011),
    TLS_RSA_WITH_RC4_128_SHA(0x0005),
    TLS_RSA_WITH_RC4_128_MD5(0x0004),
    TLS_DHE_RSA_WITH_DES_CBC_SHA(0x0015),
    TLS_RSA_WITH_DES_CBC_SHA(0x0009),
    // without any certificate, which some mail servers do on purpose
    TLS_ECDH_anon_WITH_AES_256_CBC_SHA(0xc019),
    TLS_ECDH_anon_WITH_AES_128_CBC_SHA(0xc018),
    TLS_DH_anon_WITH_AES_256_GCM_SHA384(0x00a7),
    TLS_DH_anon_WITH_AES_128_GCM_SHA256(0x00a6),
    TLS_DH_anon_WITH_AES_256_CBC_SHA(0x003a),
    TLS_DH_anon_WITH_AES_128_CBC_SHA(0x0034),
    TLS_DH_anon_WITH_3DES_EDE_CBC_SHA(0x001b),
    TLS_DH_anon_WITH_RC4_128_MD5(0x0018);

    private static final Map<Integer, WideSuite> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(WideSuite::id, Function.identity()));

    private final int id;

    WideSuite(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    /** @return null for a suite that was not offered */
    static WideSuite of(int id) {
        return BY_ID.get(id);
    }

    /** AEAD and the digests of SHA-2 came with it (RFC 5246 §1.2). */
    boolean needsTls12() {
        return name().contains("_GCM_") || name().matches(".*_SHA(256|384)");
    }

    KeyExchange keyExchange() {
        if (name().startsWith("TLS_ECDH")) {
            return KeyExchange.ECDHE;
        }
        return name().startsWith("TLS_DH") ? KeyExchange.DHE : KeyExchange.RSA;
    }
}
