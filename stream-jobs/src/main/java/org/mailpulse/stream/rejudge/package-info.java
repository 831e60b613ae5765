/**
 * The statistics job once more, over surveys that are history: other sources and another method, the same graph.
 *
 * <pre>
 * archive: slices of a survey ─▶ read ─┐
 *                                      ├─▶ the graph of the statistics job ─▶ rows with the method's number
 * Kafka: up to where it ends now ──────┘
 * </pre>
 */
package org.mailpulse.stream.rejudge;
