/** From the bytes of a topic to verdicts and event time. */
package org.mailpulse.stream.intake;
