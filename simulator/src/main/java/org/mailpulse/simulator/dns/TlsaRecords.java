package org.mailpulse.simulator.dns;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.mailpulse.simulator.tls.Credentials;
import org.mailpulse.simulator.world.HostPlan;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TLSARecord.CertificateUsage;
import org.xbill.DNS.TLSARecord.MatchingType;
import org.xbill.DNS.TLSARecord.Selector;

/** The plan for an MX host → its TLSA records (RFC 6698), over the certificate that its servers present. */
final class TlsaRecords {
    private final Credentials credentials;

    TlsaRecords(Credentials credentials) {
        this.credentials = credentials;
    }

    List<Record> of(Name owner, HostPlan host) {
        int usage = CertificateUsage.DOMAIN_ISSUED_CERTIFICATE;
        return switch (host.tlsa()) {
            case NONE, FAILS -> List.of();
            case MATCHES -> List.of(ofKey(owner, usage, MatchingType.SHA256, key(host)));
            case ROLLOVER ->
                List.of(
                        ofKey(owner, usage, MatchingType.SHA256, pastKey(host)),
                        ofKey(owner, usage, MatchingType.SHA256, key(host)));
            case CERTIFICATE ->
                List.of(ofCertificate(
                        owner, usage, credentials.of(host.certificate()).leaf()));
            case SHA_512 -> List.of(ofKey(owner, usage, MatchingType.SHA512, key(host)));
            case ANCHOR ->
                List.of(ofCertificate(owner, CertificateUsage.TRUST_ANCHOR_ASSERTION, credentials.issuingAuthority()));
            case MISMATCHES -> List.of(ofKey(owner, usage, MatchingType.SHA256, pastKey(host)));
            case UNUSABLE ->
                List.of(ofKey(owner, CertificateUsage.SERVICE_CERTIFICATE_CONSTRAINT, MatchingType.SHA256, key(host)));
        };
    }

    private byte[] key(HostPlan host) {
        return credentials.publicKey(host.certificate()).getEncoded();
    }

    /** Nobody has it any more: any other bytes will do. */
    private static byte[] pastKey(HostPlan host) {
        return ("the former key of " + host.name()).getBytes(StandardCharsets.UTF_8);
    }

    private static TLSARecord ofKey(Name owner, int usage, int matching, byte[] key) {
        return record(owner, usage, Selector.SUBJECT_PUBLIC_KEY_INFO, matching, key);
    }

    private static TLSARecord ofCertificate(Name owner, int usage, X509Certificate certificate) {
        try {
            return record(owner, usage, Selector.FULL_CERTIFICATE, MatchingType.SHA256, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of our own making cannot be encoded", e);
        }
    }

    private static TLSARecord record(Name owner, int usage, int selector, int matching, byte[] bytes) {
        String algorithm = matching == MatchingType.SHA512 ? "SHA-512" : "SHA-256";
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes);
            return new TLSARecord(owner, DClass.IN, Zone.TTL_SECONDS, usage, selector, matching, digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
