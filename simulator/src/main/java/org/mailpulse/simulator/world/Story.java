package org.mailpulse.simulator.world;

import static org.mailpulse.simulator.world.Event.Kind.CERTIFICATE_EXPIRED;
import static org.mailpulse.simulator.world.Event.Kind.DANE_ENFORCED;
import static org.mailpulse.simulator.world.Event.Kind.FALLBACK;
import static org.mailpulse.simulator.world.Event.Kind.POST_QUANTUM;
import static org.mailpulse.simulator.world.Event.Kind.STARTTLS_ON;
import static org.mailpulse.simulator.world.Event.Kind.STRIPPING;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The planted events, spread over the surveys. With one survey there is no history and no event. */
public final class Story {
    private static final int NEVER = Integer.MAX_VALUE;

    private final int surveys;
    private final List<Event> events;
    private final int[] months = new int[Event.Kind.values().length];

    Story(int surveys) {
        this.surveys = surveys;
        this.events = Stream.of(
                        event(POST_QUANTUM, 0.25, MailProvider.QUORREL, "%s negotiates X25519MLKEM768"),
                        event(STARTTLS_ON, 0.35, MailProvider.TAMBER, "%s switches STARTTLS on for all its customers"),
                        event(
                                CERTIFICATE_EXPIRED,
                                0.5,
                                MailProvider.VASTIBULE,
                                "%s lets its certificate expire for one survey"),
                        event(DANE_ENFORCED, 0.65, Tld.XN.label(), "The registry of .%s demands TLSA records"),
                        event(STRIPPING, 0.7, Tld.QS.countryCode(), "Seen from %s, STARTTLS is masked on the way"),
                        event(FALLBACK, 0.8, MailProvider.ODDLING, "%s stops offering STARTTLS"))
                .filter(event -> event.survey() < surveys)
                .sorted(Comparator.comparingInt(Event::survey))
                .toList();
        Arrays.fill(months, NEVER);
        events.forEach(event -> months[event.kind().ordinal()] = event.survey());
    }

    /** Oldest first. */
    public List<Event> events() {
        return events;
    }

    /** Whether it has happened by this survey; a lapsed certificate is renewed before the next one. */
    boolean has(Event.Kind kind, int survey) {
        int month = months[kind.ordinal()];
        return kind == CERTIFICATE_EXPIRED ? survey == month : survey >= month;
    }

    private Event event(Event.Kind kind, double when, MailProvider provider, String text) {
        return event(kind, when, provider.domain(), text);
    }

    private Event event(Event.Kind kind, double when, String subject, String text) {
        int survey = surveys < 2 ? NEVER : (int) Math.max(1, Math.min(surveys - 1, Math.round(when * surveys)));
        return new Event(survey, kind, subject, text.formatted(subject));
    }
}
