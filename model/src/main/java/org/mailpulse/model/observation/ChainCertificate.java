package org.mailpulse.model.observation;

import java.time.Instant;

/** One certificate above the leaf, as the server sent it. Hashes are lower-case hex of the DER form. */
public record ChainCertificate(String subject, String issuer, Instant notAfter, String sha256) {}
