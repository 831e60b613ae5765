package org.mailpulse.warehouse;

/**
 * How many domains have their inbound mail at one provider; a row of {@code provider_sizes} or {@code unmatched_mx_domains}.
 *
 * @param provider as verdicts bear it
 * @param kind name of the kind; empty where no rule names the provider
 * @param share of the domains whose provider could be told, 0…1
 * @param example one of the domains, always the same
 */
public record ProviderSize(String provider, String kind, long domains, double share, String example) {}
