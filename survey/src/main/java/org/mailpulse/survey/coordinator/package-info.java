/**
 * The coordinator: puts the targets of a survey on their topic and counts every one of them by its number in the
 * observations that come back. What stays away is asked again, and in the end written down as not observed: no target is
 * lost in silence.
 */
package org.mailpulse.survey.coordinator;
