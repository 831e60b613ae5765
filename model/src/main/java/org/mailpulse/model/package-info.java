/**
 * The shared language of Mail Pulse: what a survey asks ({@code survey}), what was seen ({@code observation}), what it
 * means ({@code verdict}), how it is counted ({@code rollup}) and how it travels ({@code wire}). Pure functions over
 * records; no input or output and no clock.
 */
package org.mailpulse.model;
