package org.mailpulse.probe.policy;

import java.util.Arrays;

/**
 * Cuts the SubjectPublicKeyInfo out of a DER certificate, byte for byte: TLSA records are made from the bytes as they
 * are, whether or not the JDK knows the algorithm or would encode it in the same way.
 *
 * <pre>
 * Certificate ::= SEQUENCE { TBSCertificate, … }                                           RFC 5280 §4.1
 * TBSCertificate ::= SEQUENCE { [0] version?, serial, signature, issuer, validity, subject, SubjectPublicKeyInfo, … }
 * </pre>
 */
final class PublicKeyInfo {
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int FIELDS_BEFORE_KEY = 5;

    private final byte[] der;
    private int position;
    private int end;

    private PublicKeyInfo(byte[] der) {
        this.der = der;
        this.end = der.length;
    }

    /** @return null if the bytes are no certificate */
    static byte[] of(byte[] certificate) {
        PublicKeyInfo reader = new PublicKeyInfo(certificate);
        if (!reader.enter() || !reader.enter()) {
            return null;
        }
        if (reader.tag() == VERSION && reader.next() == null) {
            return null;
        }
        for (int field = 0; field < FIELDS_BEFORE_KEY; field++) {
            if (reader.next() == null) {
                return null;
            }
        }
        return reader.tag() == SEQUENCE ? reader.next() : null;
    }

    private int tag() {
        return position < end ? der[position] & 0xff : -1;
    }

    /** Steps into the sequence that begins here. */
    private boolean enter() {
        if (tag() != SEQUENCE) {
            return false;
        }
        int length = readLength();
        if (length < 0) {
            return false;
        }
        end = position + length;
        return true;
    }

    /** The whole element that begins here, header and all; null if it does not fit. */
    private byte[] next() {
        int start = position;
        int length = readLength();
        if (length < 0) {
            return null;
        }
        position += length;
        return Arrays.copyOfRange(der, start, position);
    }

    /** Moves behind tag and length. @return -1 if what they promise is not there */
    private int readLength() {
        if (position + 2 > end) {
            return -1;
        }
        int first = der[position + 1] & 0xff;
        position += 2;
        int length = first;
        if (first >= 0x80) {
            int bytes = first - 0x80;
            if (bytes < 1 || bytes > 3 || position + bytes > end) {
                return -1;
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[position++] & 0xff;
            }
        }
        return length <= end - position ? length : -1;
    }
}
