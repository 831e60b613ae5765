package org.mailpulse.probe.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mailpulse.model.observation.NameMatch;

class NameMatcherPropertiesTest {
    @Property(tries = 300)
    void everyHostIsNamedByItselfInWhateverCase(@ForAll("hosts") List<String> host) {
        assertThat(match(String.join(".", host).toUpperCase(Locale.ROOT), host)).isEqualTo(NameMatch.SAN);
    }

    @Property(tries = 300)
    void aStarStandsForTheFirstLabelAndNoOther(@ForAll("hosts") List<String> host) {
        for (int star = 0; star < host.size(); star++) {
            List<String> pattern = new ArrayList<>(host);
            pattern.set(star, "*");
            assertThat(match(String.join(".", pattern), host)).isEqualTo(star == 0 ? NameMatch.SAN : NameMatch.NONE);
        }
    }

    @Property(tries = 300)
    void aStarIsNeitherMoreNorLessThanOneLabel(@ForAll("hosts") List<String> host, @ForAll("labels") String more) {
        String parent = String.join(".", host);
        assertThat(match("*." + parent, host)).isEqualTo(NameMatch.NONE);
        List<String> deeper = new ArrayList<>(List.of(more, more));
        deeper.addAll(host);
        assertThat(match("*." + parent, deeper)).isEqualTo(NameMatch.NONE);
        assertThat(match("*." + parent, deeper.subList(1, deeper.size()))).isEqualTo(NameMatch.SAN);
    }

    /** An independent reading of RFC 9525 §6.3, label by label. */
    @Property(tries = 2_000)
    void twoReadingsOfTheRfcAgree(@ForAll("patterns") String presented, @ForAll("hosts") List<String> host) {
        String[] labels = presented.toLowerCase(Locale.ROOT).split("\\.", -1);
        boolean named = labels.length == host.size() && labels.length > 1;
        for (int i = 0; named && i < labels.length; i++) {
            named = labels[i].equals(host.get(i)) || (i == 0 && labels[0].equals("*"));
        }
        assertThat(match(presented, host)).isEqualTo(named ? NameMatch.SAN : NameMatch.NONE);
    }

    @Property(tries = 1_000)
    void anyTextHasAnAnswer(@ForAll String presented, @ForAll String commonName, @ForAll("hosts") List<String> host) {
        assertThat(NameMatcher.match(List.of(presented), commonName, String.join(".", host)))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> labels() {
        return Arbitraries.of("a", "b", "mx", "xn--brygge-fya", "mail-1");
    }

    @Provide
    Arbitrary<List<String>> hosts() {
        return labels().list().ofMinSize(2).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("*", "a", "b", "mx", "m*", "MX", "xn--brygge-fya", "mail-1")
                .list()
                .ofMinSize(2)
                .ofMaxSize(4)
                .map(labels -> String.join(".", labels));
    }

    private static NameMatch match(String presented, List<String> host) {
        return NameMatcher.match(List.of(presented), null, String.join(".", host));
    }
}
