package org.mailpulse.engine.http;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailpulse.engine.chdb.ClickHouseError;
import org.mailpulse.engine.chdb.Engine;
import org.mailpulse.engine.chdb.StatementResult;

/**
 * A statement inside the engine that can be stopped from outside. The engine gives queries numbers of its own, so a statement
 * is found by a mark in its text.
 */
final class RunningStatement {
    private static final System.Logger LOG = System.getLogger(RunningStatement.class.getName());
    private static final long KILL_INTERVAL_MILLIS = 200;

    private final Engine engine;
    private final Executor threads;
    private final String mark;
    private final FutureTask<StatementResult> task;

    /**
     * @param threads takes each task to a thread of its own, at once
     * @param mark text that stands in this statement only; letters, digits, dots and hyphens
     * @param call runs the statement
     */
    RunningStatement(Engine engine, Executor threads, String mark, Callable<StatementResult> call) {
        this.engine = engine;
        this.threads = threads;
        this.mark = mark;
        this.task = new FutureTask<>(call);
    }

    void runHere() {
        task.run();
    }

    void runAside() {
        threads.execute(task);
    }

    /** Has the engine stop the statement, without waiting for it. */
    void stop() {
        threads.execute(this::killUntilDone);
    }

    /** A statement that has only just begun is not on the engine's list yet, hence the repetition. */
    private void killUntilDone() {
        try {
            do {
                engine.kill(mark);
            } while (!endsSoon());
        } catch (ClickHouseError e) {
            LOG.log(System.Logger.Level.WARNING, "cannot stop a statement: {0}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean endsSoon() throws InterruptedException {
        try {
            task.get(KILL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // It has ended by an error, likely the one that was wished for.
            return true;
        }
    }

    /** Waits for the end. */
    StatementResult result() throws ClickHouseError, IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClickHouseError error) {
                throw error;
            }
            throw new IOException("the statement failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a statement ran", e);
        }
    }
}
