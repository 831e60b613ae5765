/**
 * The probe: turns a domain into an observation. {@link org.mailpulse.probe.DomainProber} is the way in; all that it
 * needs to know is in {@link org.mailpulse.probe.ProbeSettings}.
 */
package org.mailpulse.probe;
