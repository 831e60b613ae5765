package org.mailpulse.probe;

import java.util.Locale;
import java.util.function.Consumer;
import org.mailpulse.model.observation.AddressStatus;
import org.mailpulse.probe.resolve.HostNames;
import org.mailpulse.probe.resolve.MailResolver;

/** Who is asked should be able to find out who asks: the name in EHLO should lead somewhere (RFC 5321 §4.1.4). */
final class OwnName {
    private OwnName() {}

    /** Looks the name up, without making anybody wait. An address literal needs no look. */
    static void check(String ehloName, MailResolver resolver, Consumer<String> notices) {
        String name = ehloName.toLowerCase(Locale.ROOT);
        if (HostNames.isHostName(name)) {
            resolver.addresses(name).thenAccept(found -> {
                if (found.status() != AddressStatus.FOUND) {
                    notices.accept(notice(ehloName, found.status()));
                }
            });
        }
    }

    private static String notice(String name, AddressStatus status) {
        String matter =
                status == AddressStatus.ERROR ? "could not be looked up" : "has no address in DNS (" + status + ")";
        return "our name in EHLO, " + name + ", " + matter
                + ": those who are asked cannot find out who asks; choose one that resolves with --ehlo-name";
    }
}
