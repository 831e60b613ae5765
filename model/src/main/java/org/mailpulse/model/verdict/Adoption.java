package org.mailpulse.model.verdict;

/** Do the domain's MX hosts offer working STARTTLS? The three groups of the 2010 survey, and the unknown. */
public enum Adoption {
    NONE,
    SOME,
    ALL,
    UNKNOWN
}
