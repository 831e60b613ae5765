package org.mailpulse.model.observation;

/** In order of age: the natural order is the order of strength. */
public enum TlsVersion {
    SSL_3("SSLv3"),
    TLS_1_0("TLSv1"),
    TLS_1_1("TLSv1.1"),
    TLS_1_2("TLSv1.2"),
    TLS_1_3("TLSv1.3");

    private final String label;

    TlsVersion(String label) {
        this.label = label;
    }

    /** The name that JSSE and OpenSSL use, e.g. {@code TLSv1.2}; also the form that is published. */
    public String label() {
        return label;
    }

    /** @return null for a name that is not known */
    public static TlsVersion ofLabel(String label) {
        for (TlsVersion version : values()) {
            if (version.label.equals(label)) {
                return version;
            }
        }
        return null;
    }
}
