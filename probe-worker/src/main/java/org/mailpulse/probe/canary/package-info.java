/** Hosts that are known to be well tell when it is our own way out that is not. */
package org.mailpulse.probe.canary;
