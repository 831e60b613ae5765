package org.mailpulse.engine.chdb;

/**
 * What a statement that succeeded gave back.
 *
 * @param output bytes in the wanted format; empty when the statement wrote its output elsewhere or has none
 */
public record StatementResult(byte[] output, long rowsRead, long bytesRead, long rowsWritten, long bytesWritten) {}
