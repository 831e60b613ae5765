/**
 * The whole platform as separate processes, which are killed at random moments while it surveys; see {@link
 * org.mailpulse.local.cluster.CrashTest}.
 *
 * <pre>
 *   simulator ◀── worker-1, worker-2 ◀──▶ broker ──▶ taskmanager-1, taskmanager-2 ──▶ engine
 *                                          ▲  ▲            ▲
 *                              coordinator ┘  └ keep-job ─▶ jobmanager
 * </pre>
 */
package org.mailpulse.local.cluster;
