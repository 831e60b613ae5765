package org.mailpulse.site.findings;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers of the database, kept for a moment: however many visitors ask one thing at the same time, it is asked once.
 * Failures are kept too, but shorter, so that a database in trouble is left in peace.
 */
final class Remembered<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
    private static final Duration FAILED = Duration.ofSeconds(1);

    /** @param problem null where there is a value */
    private record Answer<V>(V value, Exception problem) {}

    private final AsyncCache<K, Answer<V>> answers;
    private final Duration patience;
    private final Executor executor;

    /**
     * @param patience how long a caller waits; a question that takes longer goes on for those who come later
     * @param executor runs the questions
     */
    Remembered(int atMost, Duration fresh, Duration patience, Executor executor) {
        this.patience = patience;
        this.executor = executor;
        this.answers = Caffeine.newBuilder()
                .maximumSize(atMost)
                .expireAfter(Expiry.<K, Answer<V>>writing((key, answer) -> answer.problem() == null ? fresh : FAILED))
                .executor(Runnable::run)
                .buildAsync();
    }

    /**
     * @throws Exception what the question threw
     * @throws TimeoutException if it takes too long, or too many others are waiting
     */
    V get(K key, Callable<V> question) throws Exception {
        Answer<V> answer = await(key, question);
        if (answer.problem() != null) {
            throw answer.problem();
        }
        return answer.value();
    }

    private Answer<V> await(K key, Callable<V> question)
            throws TimeoutException, InterruptedException, ExecutionException {
        try {
            return answers.get(key, (k, unused) -> CompletableFuture.supplyAsync(() -> ask(question), executor))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new TimeoutException("too many questions are waiting");
        }
    }

    private static <V> Answer<V> ask(Callable<V> question) {
        try {
            return new Answer<>(question.call(), null);
        } catch (Exception e) {
            LOG.warn("a question to the database failed", e);
            return new Answer<>(null, e);
        }
    }
}
