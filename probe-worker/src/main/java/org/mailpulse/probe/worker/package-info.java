/** The prober between two topics: targets in, observations and handshakes out. */
package org.mailpulse.probe.worker;
