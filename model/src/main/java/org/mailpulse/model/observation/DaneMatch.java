package org.mailpulse.model.observation;

/** Does the chain that an endpoint presented match the MX host's TLSA records (RFC 6698, usages of RFC 7672 §3.1)? */
public enum DaneMatch {
    NOT_MEASURED,
    MATCH,
    MISMATCH
}
