package org.mailpulse.simulator.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Textual encodings of RFC 7468. */
final class Pem {
    private Pem() {}

    static String of(PrivateKey key) {
        return encode("PRIVATE KEY", List.of(key.getEncoded()));
    }

    static String of(List<X509Certificate> certificates) {
        return encode("CERTIFICATE", certificates.stream().map(Pem::der).toList());
    }

    private static String encode(String label, List<byte[]> contents) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            for (byte[] content : contents) {
                writer.writeObject(new PemObject(label, content));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does no I/O
        }
        return text.toString();
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("certificate cannot be encoded", e);
        }
    }
}
