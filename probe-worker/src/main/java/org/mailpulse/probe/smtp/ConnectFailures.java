package org.mailpulse.probe.smtp;

import io.netty.channel.ConnectTimeoutException;
import java.net.NoRouteToHostException;
import java.util.Locale;
import org.mailpulse.model.observation.Reason;

/** Why there is no connection: the exception's type where it tells, else the operating system's words. */
final class ConnectFailures {
    private ConnectFailures() {}

    /**
     * Whether the connection stood, and was reset before we came to see it: a reset in answer to the SYN itself is called
     * a refusal.
     */
    static boolean isReset(Throwable failure) {
        return message(failure).contains("reset");
    }

    static Reason reason(Throwable failure) {
        if (failure instanceof ConnectTimeoutException) {
            return Reason.CONNECT_TIMEOUT;
        }
        if (failure instanceof NoRouteToHostException) {
            return Reason.NO_ROUTE;
        }
        String message = message(failure);
        if (message.contains("refused")) {
            return Reason.CONNECT_REFUSED;
        }
        // the last two: this machine has no address of that family
        if (message.contains("unreachable")
                || message.contains("no route")
                || message.contains("cannot assign requested address")
                || message.contains("family not supported")) {
            return Reason.NO_ROUTE;
        }
        return message.contains("timed out") ? Reason.CONNECT_TIMEOUT : Reason.CONNECT_FAILED;
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    }
}
