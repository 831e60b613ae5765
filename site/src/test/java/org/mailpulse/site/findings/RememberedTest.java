package org.mailpulse.site.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RememberedTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final AtomicInteger questions = new AtomicInteger();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private Remembered<String, Integer> remembered(Duration patience) {
        return new Remembered<>(10, Duration.ofMinutes(1), patience, executor);
    }

    @Test
    void anAnswerIsAskedForOnce() throws Exception {
        Remembered<String, Integer> remembered = remembered(Duration.ofSeconds(10));
        remembered.get("a", questions::incrementAndGet);

        assertThat(remembered.get("a", questions::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void aFailureIsToldAsItIs() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> remembered(Duration.ofSeconds(10)).get("a", () -> {
                    throw new IOException("away");
                }))
                .withMessage("away");
    }

    @Test
    void whoWaitsTooLongGoesButTheQuestionIsNotAskedAnew() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        Remembered<String, Integer> impatient = remembered(Duration.ofMillis(50));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> impatient.get("a", () -> {
                    questions.incrementAndGet();
                    answered.await();
                    return 1;
                }));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> impatient.get("a", questions::incrementAndGet));
        assertThat(questions).hasValue(1);
        answered.countDown();
    }
}
