/** TLS as a mail sender meets it: the handshake, what it negotiated, and what the certificates are worth. */
package org.mailpulse.probe.tls;
