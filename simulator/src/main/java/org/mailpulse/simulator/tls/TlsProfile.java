package org.mailpulse.simulator.tls;

import java.util.List;
import org.mailpulse.simulator.world.ServerKind;

/**
 * What a server is ready to negotiate.
 *
 * @param ciphers OpenSSL names, for TLS 1.2 and below; empty for BoringSSL's own choice
 */
public record TlsProfile(List<String> versions, List<String> groups, List<String> ciphers) {
    private static final List<String> CLASSICAL = List.of("X25519", "P-256");
    private static final List<String> HYBRID = List.of("X25519MLKEM768", "X25519", "P-256");
    private static final String V10 = "TLSv1";
    private static final String V11 = "TLSv1.1";
    private static final String V12 = "TLSv1.2";
    private static final String V13 = "TLSv1.3";

    public static TlsProfile of(ServerKind kind) {
        return switch (kind) {
            case TLS13_HYBRID -> new TlsProfile(List.of(V13, V12), HYBRID, List.of());
            case TLS12 -> new TlsProfile(List.of(V12), CLASSICAL, List.of());
            case TLS12_STATIC_RSA ->
                new TlsProfile(
                        List.of(V12),
                        CLASSICAL,
                        List.of("TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384"));
            case TLS11 -> new TlsProfile(List.of(V11), CLASSICAL, List.of());
            case TLS10 -> new TlsProfile(List.of(V10), CLASSICAL, List.of());
            default -> new TlsProfile(List.of(V13, V12), CLASSICAL, List.of());
        };
    }
}
