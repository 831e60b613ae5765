/**
 * The ClickHouse engine on this machine: a child process that holds the engine and speaks ClickHouse's HTTP interface, and
 * its keeper in this process, which starts it, restarts it and ends it.
 *
 * <p>{@code chdb} binds the engine's library, {@code http} is the interface in front of it; both live in the child only.
 */
package org.mailpulse.engine;
