/**
 * The Flink job that turns observations into verdicts and exact counts. Wiring only: what the facts mean is said in the
 * model, how rows are written in the warehouse.
 *
 * <pre>
 * observations ─▶ judge ─▶ newest of each domain ─┬─▶ verdicts
 *   (clock = watermark)                           ├─▶ local sums ─▶ cells ─▶ rollups
 *                  when the survey has closed:    ├─▶ its MX hosts ─▶ each once ─▶ local sums ─▶ cells ─▶ host rollups
 *                                                 └─▶ compared with the survey before ─┬─▶ local sums ─▶ cells ─▶ transitions
 *                                                                                      └─▶ changes
 * handshakes   ─▶ judge ─▶ newest of each endpoint ─▶ hosts
 * several vantage points: judge ─▶ compare what they see of one domain, or one endpoint ─▶ newest …
 * whatever is bad or late ─▶ aside
 * whatever is not          ─▶ archive, as it came
 * </pre>
 */
package org.mailpulse.stream;
