package org.mailpulse.model.verdict;

/** What a provider does with the mail that it receives, as far as the rules know. */
public enum ProviderKind {
    /** Keeps the mailboxes. */
    MAILBOX,
    /** Filters or forwards, and so hides who keeps the mailboxes. */
    GATEWAY,
    /** Hosts web sites and mail side by side, often on machines that a customer may be master of. */
    HOSTING
}
