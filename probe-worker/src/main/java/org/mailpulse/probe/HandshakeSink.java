package org.mailpulse.probe;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mailpulse.model.observation.Handshake;

/** Takes each endpoint's full detail, once per survey. Called on threads that must not be blocked. */
@FunctionalInterface
public interface HandshakeSink {
    HandshakeSink NONE = handshake -> CompletableFuture.completedFuture(null);

    /** @return completes when the detail is safe: observations that rest on it wait for that */
    CompletionStage<?> write(Handshake handshake);
}
