package org.mailpulse.probe;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mailpulse.probe.ProbeSettings.Policies;

/** {@link ProbeSettings} in the making: the one place that lists its components in their order. */
final class SettingsDraft {
    String vantage;
    String ehloName;
    List<InetSocketAddress> resolvers;
    int smtpPort;
    boolean allowPrivate;
    Path trustStore;
    Path optOut;
    int concurrency;
    int perAddress;
    Duration gap;
    Duration confirmAfter;
    Timeouts timeouts;
    Policies policies;
    Manners manners;
    boolean legacyOffer;

    SettingsDraft(ProbeSettings settings) {
        vantage = settings.vantage();
        ehloName = settings.ehloName();
        resolvers = settings.resolvers();
        smtpPort = settings.smtpPort();
        allowPrivate = settings.allowPrivate();
        trustStore = settings.trustStore();
        optOut = settings.optOut();
        concurrency = settings.concurrency();
        perAddress = settings.perAddress();
        gap = settings.gap();
        confirmAfter = settings.confirmAfter();
        timeouts = settings.timeouts();
        policies = settings.policies();
        manners = settings.manners();
        legacyOffer = settings.legacyOffer();
    }

    /** @throws IllegalArgumentException as the record's constructor does */
    ProbeSettings settings() {
        return new ProbeSettings(
                vantage,
                ehloName,
                resolvers,
                smtpPort,
                allowPrivate,
                trustStore,
                optOut,
                concurrency,
                perAddress,
                gap,
                confirmAfter,
                timeouts,
                policies,
                manners,
                legacyOffer);
    }
}
