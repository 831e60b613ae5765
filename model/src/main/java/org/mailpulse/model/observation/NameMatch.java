package org.mailpulse.model.observation;

/** Does the certificate name the MX host? By RFC 9525: SAN dNSName, one left-most wildcard label. */
public enum NameMatch {
    SAN,
    /** Only the subject's common name fits; RFC 9525 does not accept that. */
    CN_ONLY,
    NONE
}
