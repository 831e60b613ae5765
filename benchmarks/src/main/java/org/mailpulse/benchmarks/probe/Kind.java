package org.mailpulse.benchmarks.probe;

/** What a client of ours does at each server. */
enum Kind {
    /** The whole probe: conversation, handshake, all facts, the record in JSON. */
    WORKER("this worker, all facts recorded"),
    /** The same, but no chain has been seen before: each is parsed and a path to the trust store built. */
    WORKER_NEW_CHAINS("the same, each chain new to it"),
    /** The conversation word for word, and nothing looked at. */
    BY_ROTE("same conversation by rote, no facts"),
    /** Connect, TLS handshake, close. */
    BARE("bare BoringSSL handshake, no SMTP");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean isWithSmtp() {
        return this != BARE;
    }
}
