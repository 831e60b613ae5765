package org.mailpulse.model.verdict;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.google.common.net.InternetDomainName;

/** Top-level domain, public suffix and registrable domain, by the public suffix list. Names are lower-case A-labels. */
public final class DomainNames {
    /** The same MX hosts serve millions of domains, and to go through the list takes some microseconds. */
    private static final LoadingCache<String, String> OWNERS_OF_HOSTS =
            Caffeine.newBuilder().maximumSize(10_000).executor(Runnable::run).build(DomainNames::registrable);

    private DomainNames() {}

    /** The last label, e.g. {@code uk} for {@code mail.ministry.gov.uk}. */
    public static String tld(String domain) {
        return domain.substring(domain.lastIndexOf('.') + 1);
    }

    /**
     * The public suffix, e.g. {@code gov.uk} or {@code kommune.no}; the last label where the list has no rule (its own default
     * rule). Both sections of the list count: that of the registries, and the private one, by which those below
     * {@code github.io} are not one owner.
     */
    public static String publicSuffix(String domain) {
        InternetDomainName name = hostName(domain);
        InternetDomainName suffix = name == null ? null : name.publicSuffix();
        return suffix == null ? tld(domain) : suffix.toString();
    }

    /**
     * The suffix and one label more, e.g. {@code ministry.gov.uk}: what one owner registers. A domain that is itself a
     * public suffix is its own owner.
     */
    public static String registrable(String domain) {
        return registrable(domain, publicSuffix(domain));
    }

    /** The same for the name of a host, which is likely to be asked for again. */
    static String registrableOfHost(String host) {
        return OWNERS_OF_HOSTS.get(host);
    }

    /** @param suffix public suffix of the domain */
    static String registrable(String domain, String suffix) {
        if (domain.length() <= suffix.length()) {
            return domain;
        }
        String owned = domain.substring(0, domain.length() - suffix.length() - 1);
        return owned.substring(owned.lastIndexOf('.') + 1) + "." + suffix;
    }

    /**
     * The name, or the longest end of it that is a host name: DNS allows more than Guava does, e.g. {@code _25._tcp} in
     * front.
     */
    private static InternetDomainName hostName(String domain) {
        String rest = domain;
        while (true) {
            try {
                return InternetDomainName.from(rest);
            } catch (IllegalArgumentException e) {
                int dot = rest.indexOf('.');
                if (dot < 0) {
                    return null;
                }
                rest = rest.substring(dot + 1);
            }
        }
    }
}
