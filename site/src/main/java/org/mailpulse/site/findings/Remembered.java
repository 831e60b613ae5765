package org.mailpulse.site.findings;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers of the database, kept for a moment: however many visitors ask one thing at the same time, it is asked once.
 * Failures are not kept.
 */
final class Remembered<K, V> {
    private final AsyncCache<K, V> answers;
    private final Duration patience;

    /** @param patience how long a caller waits; a question that takes longer goes on for those who come later */
    Remembered(int atMost, Duration fresh, Duration patience, Executor executor) {
        this.patience = patience;
        this.answers = Caffeine.newBuilder()
                .maximumSize(atMost)
                .expireAfterWrite(fresh)
                .executor(executor)
                .buildAsync();
    }

    /**
     * @throws ExecutionException with what the question threw
     * @throws TimeoutException if it takes too long, or too many others are waiting
     */
    V get(K key, Callable<V> question) throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return answers.get(key, (k, executor) -> ask(question, executor))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new TimeoutException("too many questions are waiting");
        }
    }

    private static <V> CompletableFuture<V> ask(Callable<V> question, Executor executor) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return question.call();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }
}
