package org.mailpulse.simulator.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server presents: a private key and a chain.
 *
 * @param chain leaf first, then what the server sends above it; never the root
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {
    public Credential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain must hold at least the leaf");
        }
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The common mistake of sending the leaf alone. */
    public Credential withoutIntermediate() {
        return new Credential(key, List.of(leaf()));
    }

    public String keyPem() {
        return Pem.of(key);
    }

    public String chainPem() {
        return Pem.of(chain);
    }

    /** The chain above the leaf; empty where the server sends the leaf alone. */
    public String issuersPem() {
        return Pem.of(chain.subList(1, chain.size()));
    }

    /** Writes {@code name.key} (PKCS #8, for the owner's eyes only) and {@code name.pem} (the chain) into a folder. */
    public PemFiles writeTo(Path folder, String name) throws IOException {
        Path keyFile = folder.resolve(name + ".key");
        Files.deleteIfExists(keyFile);
        Files.createFile(keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keyFile, keyPem());
        return new PemFiles(keyFile, Files.writeString(folder.resolve(name + ".pem"), chainPem()));
    }

    /** A credential on disk, as Postfix and OpenSSL want it. */
    public record PemFiles(Path key, Path chain) {}
}
