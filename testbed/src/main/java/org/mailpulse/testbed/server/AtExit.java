package org.mailpulse.testbed.server;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What must not outlive this JVM's orderly end, even where a test forgot or was cut short; the last made goes first. */
final class AtExit {
    private static final Deque<AutoCloseable> LIVING = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::closeAll));
    }

    private AtExit() {}

    static void register(AutoCloseable part) {
        LIVING.push(part);
    }

    static void unregister(AutoCloseable part) {
        LIVING.remove(part);
    }

    private static void closeAll() {
        for (AutoCloseable part = LIVING.poll(); part != null; part = LIVING.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                System.err.println("cannot close " + part + ": " + e);
            }
        }
    }
}
