package org.mailpulse.simulator.world;

/**
 * Who runs a domain's mail.
 *
 * @param provider a named one; null for the other two kinds
 * @param smallHoster number of one of the many small ones; -1 for self-hosted, as for a named one
 */
record Hosting(MailProvider provider, int smallHoster) {
    static final Hosting SELF = new Hosting(null, -1);

    private static final double SMALL_HOSTER_SHARE = 0.10;
    private static final double MOVE_SHARE = 0.05;

    static Hosting of(Draw draw, Domain domain, int survey, int surveys) {
        int index = domain.index();
        if (draw.unit(Aspect.MOVE, index) < MOVE_SHARE && survey > draw.below(surveys, Aspect.MOVE, index, 1)) {
            boolean shared = draw.unit(Aspect.SECOND_PROVIDER, index) < 0.5;
            return new Hosting(shared ? MailProvider.QUORREL : MailProvider.VASTIBULE, -1);
        }
        double left = draw.unit(Aspect.PROVIDER, index);
        for (MailProvider provider : MailProvider.values()) {
            left -= provider.share(domain);
            if (left < 0) {
                return new Hosting(provider, -1);
            }
        }
        return left < SMALL_HOSTER_SHARE ? new Hosting(null, smallHoster(draw, index)) : SELF;
    }

    /** Sizes fall off as 1/rank, as they do in the wild. */
    private static int smallHoster(Draw draw, int index) {
        return (int) Math.pow(Naming.SMALL_HOSTERS, draw.unit(Aspect.SMALL_HOSTER, index)) - 1;
    }
}
