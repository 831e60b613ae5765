package org.mailpulse.probe.resolve;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A future whose asynchronous stages run on a given pool. dnsjava's validator leaves the choice to the JDK, which takes
 * the common pool, or on small machines a new thread for each stage.
 */
final class PooledFuture<T> extends CompletableFuture<T> {
    private final Executor pool;

    PooledFuture(Executor pool) {
        this.pool = pool;
    }

    /** Ends as the other one does. */
    static <T> PooledFuture<T> of(Executor pool, CompletionStage<T> other) {
        PooledFuture<T> future = new PooledFuture<>(pool);
        other.whenComplete((value, failure) -> {
            if (failure == null) {
                future.complete(value);
            } else {
                future.completeExceptionally(failure);
            }
        });
        return future;
    }

    @Override
    public Executor defaultExecutor() {
        return pool;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new PooledFuture<>(pool);
    }
}
