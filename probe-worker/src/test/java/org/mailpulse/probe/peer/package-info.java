/** Mail servers that misbehave, one small named class each. */
package org.mailpulse.probe.peer;
