/**
 * Mail Pulse on one machine: the {@code mailpulse} command ({@code command}), the parts it starts ({@code stack}) and
 * what it shows while they work ({@code terminal}).
 */
package org.mailpulse.local;
