package org.mailpulse.local.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM. The command is told, ends what it does in good order, and only then the process goes; so this is
 * opened before, and closed after, everything that must be ended well.
 */
final class Interrupt implements AutoCloseable {
    private static final long GRACE_SECONDS = 45;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::tellAndWait, "interrupt");
    private Runnable stop = () -> {};

    private Interrupt() {}

    static Interrupt install() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** What to do, from another thread, to end the work that goes on now. Called at once if it is too late already. */
    synchronized void stopsBy(Runnable action) {
        stop = action;
        if (isRequested()) {
            action.run();
        }
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Blocks until the user wants to end. */
    void await() throws InterruptedException {
        requested.await();
    }

    private void tellAndWait() {
        synchronized (this) {
            requested.countDown();
            stop.run();
        }
        try {
            if (!done.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("mailpulse: did not stop in " + GRACE_SECONDS + " s, ending hard");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (!isRequested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
