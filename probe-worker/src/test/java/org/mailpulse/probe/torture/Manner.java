package org.mailpulse.probe.torture;

import io.netty.handler.ssl.SslContext;

/**
 * What a server does at each step. Starts from {@link #POLITE}, which offers STARTTLS and then knows no TLS; each vice is one
 * {@code with…}.
 *
 * @param hello to the ClientHello, where {@code tls} is null
 * @param tls what the handshake is made with
 * @param inTls to EHLO inside TLS
 */
record Manner(Say greeting, Say ehlo, Say helo, Say starttls, Say hello, SslContext tls, Say inTls) {
    static final Manner POLITE = new Manner(
            Say.line("220 mx.torture.test ESMTP"),
            Say.line("250-mx.torture.test\n250 STARTTLS"),
            Say.line("250 mx.torture.test"),
            Say.line("220 go ahead"),
            Say.NOTHING,
            null,
            Say.line("250-mx.torture.test\n250 SIZE 1000"));

    Manner withGreeting(Say say) {
        return new Manner(say, ehlo, helo, starttls, hello, tls, inTls);
    }

    Manner withEhlo(Say say) {
        return new Manner(greeting, say, helo, starttls, hello, tls, inTls);
    }

    Manner withHelo(Say say) {
        return new Manner(greeting, ehlo, say, starttls, hello, tls, inTls);
    }

    Manner withStarttls(Say say) {
        return new Manner(greeting, ehlo, helo, say, hello, tls, inTls);
    }

    Manner withHello(Say say) {
        return new Manner(greeting, ehlo, helo, starttls, say, tls, inTls);
    }

    Manner withTls(SslContext context) {
        return new Manner(greeting, ehlo, helo, starttls, hello, context, inTls);
    }

    Manner withInTls(Say say) {
        return new Manner(greeting, ehlo, helo, starttls, hello, tls, say);
    }
}
