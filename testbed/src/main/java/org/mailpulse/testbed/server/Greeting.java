package org.mailpulse.testbed.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whether a mail server is at work. */
final class Greeting {
    private static final int TIMEOUT_MILLIS = 2_000;

    private Greeting() {}

    static boolean isGivenByAll(List<Postfix.Listener> listeners) throws IOException {
        for (Postfix.Listener listener : listeners) {
            if (!isGivenBy(listener)) {
                return false;
            }
        }
        return true;
    }

    static boolean isGivenBy(Postfix.Listener listener) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(listener.at(), TIMEOUT_MILLIS);
            String greeting = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return greeting != null && greeting.startsWith("220 " + listener.hostname());
        }
    }
}
