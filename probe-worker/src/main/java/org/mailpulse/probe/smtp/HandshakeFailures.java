package org.mailpulse.probe.smtp;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.mailpulse.model.observation.Reason;
import org.mailpulse.model.observation.TlsAlert;
import org.mailpulse.probe.tls.HandshakeTap;

/** Why a handshake failed: what went over the wire tells more than the engine's exception. */
record HandshakeFailures(Reason reason, String detail, TlsAlert alert) {
    /** BoringSSL: {@code error:10000438:SSL routines:OPENSSL_internal:TLSV1_ALERT_INTERNAL_ERROR}. */
    private static final Pattern BORINGSSL = Pattern.compile("OPENSSL_internal:([A-Z0-9_]+)");

    static HandshakeFailures of(Throwable failure, HandshakeTap tap) {
        TlsAlert alert = tap.alert(failure);
        if (alert != null && alert.side() == TlsAlert.Side.SERVER) {
            return new HandshakeFailures(Reason.HANDSHAKE_ALERT, HandshakeTap.text(alert), alert);
        }
        if (failure instanceof NotSslRecordException || (tap.hasSeenText() && !tap.hasSeenTls())) {
            return new HandshakeFailures(Reason.HANDSHAKE_NOT_TLS, null, null);
        }
        if (failure instanceof SslHandshakeTimeoutException) {
            return new HandshakeFailures(Reason.HANDSHAKE_TIMEOUT, null, null);
        }
        String message = String.valueOf(failure.getMessage());
        Matcher named = BORINGSSL.matcher(message);
        if (named.find()) {
            Reason reason =
                    named.group(1).matches("(TLSV1|SSLV3)_ALERT_.*") ? Reason.HANDSHAKE_ALERT : Reason.HANDSHAKE_FAILED;
            return new HandshakeFailures(reason, named.group(1), alert);
        }
        if (isClose(failure)) {
            return new HandshakeFailures(Reason.HANDSHAKE_CLOSED, null, null);
        }
        return new HandshakeFailures(Reason.HANDSHAKE_FAILED, Texts.brief(message), alert);
    }

    private static boolean isClose(Throwable failure) {
        return failure instanceof ClosedChannelException
                || (failure instanceof IOException && !(failure instanceof SSLException))
                || String.valueOf(failure.getMessage()).startsWith("Connection closed");
    }
}
