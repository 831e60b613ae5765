package org.mailpulse.simulator.world;

import java.util.Locale;

/** The invented top-level domains under which the surveyed domains live. */
public enum Tld {
    WARES("", 0.40, 0.42, 0.045, 0.04),
    FOLK("", 0.14, 0.36, 0.050, 0.05),
    XN("Norvale", 0.16, 0.58, 0.070, 0.60),
    XL("Lorenia", 0.12, 0.47, 0.060, 0.30),
    XT("Tarvia", 0.08, 0.30, 0.110, 0.08),
    QS("Solmara", 0.06, 0.22, 0.035, 0.02),
    QM("Merova", 0.04, 0.33, 0.020, 0.02);

    private final String country;
    private final double weight;
    private final double adoption;
    private final double growth;
    private final double signed;

    Tld(String country, double weight, double adoption, double growth, double signed) {
        this.country = country;
        this.weight = weight;
        this.adoption = adoption;
        this.growth = growth;
        this.signed = signed;
    }

    /** The label itself, lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the country; empty for a generic one. */
    public String country() {
        return country;
    }

    /** Code of the country, upper case; empty for a generic one. */
    public String countryCode() {
        return country.isEmpty() ? "" : name();
    }

    /** Share of the domains that are registered here. */
    double weight() {
        return weight;
    }

    /** Share of domains whose zone is signed. */
    double signedShare() {
        return signed;
    }

    /** Share of independent mail servers that offer STARTTLS: a logistic curve over the surveys. */
    double adoption(int survey) {
        double logit = Math.log(adoption / (1 - adoption)) + growth * survey;
        return 1 / (1 + Math.exp(-logit));
    }

    static Tld ofLabel(String label) {
        for (Tld tld : values()) {
            if (tld.label().equals(label)) {
                return tld;
            }
        }
        return null;
    }
}
