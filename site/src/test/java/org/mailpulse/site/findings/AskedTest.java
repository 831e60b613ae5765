package org.mailpulse.site.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailpulse.model.rollup.RollupKey;

class AskedTest {
    @Test
    void nothingIsAskedWithoutAQuery() throws Exception {
        assertThat(Asked.parse(null)).isEqualTo(new Asked(null, null, RollupKey.EVERYTHING));
    }

    @Test
    void valuesAreDecoded() throws Exception {
        assertThat(Asked.parse("vantage=troms%C3%B8+%26+co&survey=2026-11&population=a%3Db"))
                .isEqualTo(new Asked("2026-11", "tromsø & co", "a=b"));
    }

    @Test
    void aLinkLeadsBackToItsChoice() throws Exception {
        Choice choice = new Choice("2026-11", "a&b=ø \"+%", "l#?/<>");

        assertThat(Asked.parse(choice.link().substring("/?".length())))
                .isEqualTo(new Asked(choice.survey(), choice.vantage(), choice.population()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"survey=%", "survey=%zz", "vantage=%C3%", "=x", "survey=2026", "population=a&population=b"})
    void whatIsMalformedIsRefused(String query) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Asked.parse(query))
                .satisfies(refused -> assertThat(refused.kind().status()).isEqualTo(400));
    }

    @Test
    void anEndlessQueryIsRefused() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Asked.parse("population=" + "x".repeat(5_000)))
                .withMessage("The address is too long.");
    }
}
