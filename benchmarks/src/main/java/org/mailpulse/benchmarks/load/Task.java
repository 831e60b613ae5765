package org.mailpulse.benchmarks.load;

import java.util.concurrent.CompletableFuture;

/** What is done again and again. */
@FunctionalInterface
public interface Task {
    /** @return how long the other side has waited on purpose; exceptionally if the task has failed */
    CompletableFuture<Long> start(int number);
}
