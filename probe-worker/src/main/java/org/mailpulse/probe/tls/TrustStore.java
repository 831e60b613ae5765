package org.mailpulse.probe.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** The roots that chains are judged against. */
public final class TrustStore {
    private static final Path SYSTEM_BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");
    /** RFC 7468; text around the blocks is allowed. */
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END (?:TRUSTED |X509 )?CERTIFICATE-----");

    private final Set<TrustAnchor> anchors;
    private final Set<X509Certificate> certificates;
    private final String version;

    private TrustStore(Collection<X509Certificate> roots) {
        certificates = Set.copyOf(new LinkedHashSet<>(roots));
        anchors =
                certificates.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toUnmodifiableSet());
        version = "sha256:"
                + Digests.sha256(certificates.stream()
                        .map(Digests::sha256)
                        .sorted()
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * @param pem a file of certificates; null for the system's bundle, or the JDK's where there is none
     * @throws IOException with one clear line: which file, what is wrong
     */
    public static TrustStore load(Path pem) throws IOException {
        if (pem != null) {
            return ofPem(pem);
        }
        return Files.isReadable(SYSTEM_BUNDLE) ? ofPem(SYSTEM_BUNDLE) : ofJdk();
    }

    /** Names the set of roots, whatever their order in the file; to be kept with the survey. */
    public String version() {
        return version;
    }

    public int size() {
        return certificates.size();
    }

    Set<TrustAnchor> anchors() {
        return anchors;
    }

    Set<X509Certificate> certificates() {
        return certificates;
    }

    boolean holds(X509Certificate certificate) {
        return certificates.contains(certificate);
    }

    private static TrustStore ofPem(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("trust store " + file + " does not exist", e);
        } catch (IOException e) {
            throw new IOException("trust store " + file + " cannot be read: " + e.getMessage(), e);
        }
        List<X509Certificate> roots = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(text);
        while (blocks.find()) {
            try {
                roots.add(certificate(Base64.getMimeDecoder().decode(blocks.group(1))));
            } catch (CertificateException | IllegalArgumentException e) {
                throw new IOException(
                        "trust store " + file + ": certificate " + (roots.size() + 1) + " cannot be read", e);
            }
        }
        if (roots.isEmpty()) {
            throw new IOException("trust store " + file + " holds no PEM certificate");
        }
        return new TrustStore(roots);
    }

    private static TrustStore ofJdk() throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
            return new TrustStore(List.of(manager.getAcceptedIssuers()));
        } catch (GeneralSecurityException e) {
            throw new IOException("the JDK's trust store cannot be read: " + e.getMessage(), e);
        }
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
