/** Target lists: a CSV file of domains becomes a pinned, numbered list; what cannot be a target is set aside and named. */
package org.mailpulse.survey.targets;
