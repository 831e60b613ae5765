package org.mailpulse.model.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** State is found again by these, after years: they are what {@link Objects#hash} has always said. */
class HashTest {
    @Test
    void hashesOfCellsStayWhatTheyAre() {
        assertThat(new RollupKey("2026-11", "oslo", "gov", "uk", "gov.uk", "google", 2))
                .extracting(Object::hashCode)
                .isEqualTo(Objects.hash("2026-11", "oslo", "gov", "uk", "gov.uk", "google", 2));
        assertThat(new HostRollupKey("2026-11", "oslo", "gov", "uk", "google", 2))
                .extracting(Object::hashCode)
                .isEqualTo(Objects.hash("2026-11", "oslo", "gov", "uk", "google", 2));
        assertThat(new TransitionKey(
                        "2026-11",
                        "2026-10",
                        "oslo",
                        "gov",
                        "uk",
                        "gov.uk",
                        "google",
                        "ovh",
                        Standing.PLAINTEXT,
                        Standing.ENFORCED,
                        2))
                .extracting(Object::hashCode)
                .isEqualTo(Objects.hash(
                        "2026-11",
                        "2026-10",
                        "oslo",
                        "gov",
                        "uk",
                        "gov.uk",
                        "google",
                        "ovh",
                        "PLAINTEXT",
                        "ENFORCED",
                        2));
    }
}
