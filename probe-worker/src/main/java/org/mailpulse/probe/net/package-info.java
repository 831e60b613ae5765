/** The event loops that all of the prober's network traffic runs on. */
package org.mailpulse.probe.net;
