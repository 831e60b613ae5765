package org.mailpulse.simulator.world;

/** The providers that have a name; all invented. */
public enum MailProvider {
    /** A giant with a few MX hosts for all. */
    QUORREL("quorrelmail.example", Layout.SHARED, 4, 3, false, 0.22, 0.14, 0.05),
    /** A giant with an MX host per tenant. */
    VASTIBULE("vastibule.example", Layout.TENANT, 1, 24, false, 0.24, 0.18, 0.18),
    /** A hoster that comes late. */
    TAMBER("tamberhost.example", Layout.SHARED, 2, 2, false, 0.09, 0.06, 0.02),
    /** A hoster that brings one MX host after another up to date. */
    PLOVER("ploverhost.example", Layout.SHARDED, 16, 1, false, 0.07, 0.05, 0.02),
    /** A hoster that goes back. */
    ODDLING("oddlinghost.example", Layout.SHARED, 2, 1, false, 0.05, 0.05, 0.03),
    /** A hoster with certificates of its own making, pinned by DANE. */
    BRINDLE("brindle-hosting.example", Layout.SHARED, 2, 1, true, 0.03, 0.03, 0.02),
    /** A filtering gateway. */
    SIFTWALL("siftwall.example", Layout.SHARDED, 4, 2, false, 0.04, 0.04, 0.08),
    /** Another, with RSA keys. */
    STRAINER("strainergate.example", Layout.SHARED, 2, 2, false, 0.02, 0.02, 0.06),
    /** The leading hoster of Norvale. */
    FENMAIL("fenmail.xn", Layout.SHARED, 2, 2, true, 0, 0.20, 0.08),
    /** The mail service of Norvale's administration. */
    STATEPOST("statepost.xn", Layout.SHARED, 2, 1, true, 0, 0, 0.20);

    /** How MX hosts and customers go together. */
    enum Layout {
        /** Every customer has all MX hosts, one after the other. */
        SHARED,
        /** Every customer has one of them. */
        SHARDED,
        /** Every customer has an MX host of its own. */
        TENANT
    }

    private final String domain;
    private final Layout layout;
    private final int hosts;
    private final int slotsPerHost;
    private final boolean signed;
    private final double genericShare;
    private final double nationalShare;
    private final double governmentShare;

    MailProvider(
            String domain,
            Layout layout,
            int hosts,
            int slotsPerHost,
            boolean signed,
            double genericShare,
            double nationalShare,
            double governmentShare) {
        this.domain = domain;
        this.layout = layout;
        this.hosts = hosts;
        this.slotsPerHost = slotsPerHost;
        this.signed = signed;
        this.genericShare = genericShare;
        this.nationalShare = nationalShare;
        this.governmentShare = governmentShare;
    }

    /** Registrable domain of the MX hosts. */
    public String domain() {
        return domain;
    }

    Layout layout() {
        return layout;
    }

    int hosts() {
        return hosts;
    }

    /** Addresses per MX host; for {@link Layout#TENANT} the addresses that all tenants share. */
    int slotsPerHost() {
        return slotsPerHost;
    }

    boolean isSigned() {
        return signed;
    }

    /** Chance that a domain is a customer. */
    double share(Domain customer) {
        boolean local = !domain.endsWith(".example");
        if (local && !domain.endsWith("." + customer.tld().label())) {
            return 0;
        }
        if (customer.isGovernment()) {
            return governmentShare;
        }
        return customer.country().isEmpty() ? genericShare : nationalShare;
    }

    /** The one MX host that a customer of a provider with {@link Layout#SHARDED} has. */
    int shard(Draw draw, Domain customer) {
        return draw.below(hosts, Aspect.SHARD, customer.index(), ordinal());
    }

    /** @return null for a domain that is no provider's */
    static MailProvider ofDomain(String domain) {
        for (MailProvider provider : values()) {
            if (provider.domain.equals(domain)) {
                return provider;
            }
        }
        return null;
    }
}
