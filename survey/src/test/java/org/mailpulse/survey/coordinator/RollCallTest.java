package org.mailpulse.survey.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.mailpulse.survey.coordinator.RollCall.Answer;

class RollCallTest {
    private static final String OSLO = "oslo";
    private static final String BERGEN = "bergen";

    @Test
    void asksOneByOneAndNeverMoreThanTheWindowHolds() {
        RollCall rollCall = new RollCall(5, seq -> seq, List.of(OSLO), 2, 3);

        assertThat(asked(rollCall)).containsExactly(0, 1);
        assertThat(asked(rollCall)).isEmpty();
        rollCall.answered(OSLO, 1, Answer.KNOWN);
        assertThat(asked(rollCall)).containsExactly(2);
    }

    @Test
    void asksInTheOrderGiven() {
        RollCall rollCall = new RollCall(3, position -> (position + 1) % 3, List.of(OSLO), 10, 3);

        assertThat(asked(rollCall)).containsExactly(1, 2, 0);
    }

    @Test
    void whoHasAnsweredInAnEarlierRunIsNotAsked() {
        RollCall rollCall = new RollCall(4, seq -> seq, List.of(OSLO), 10, 3);
        rollCall.answered(OSLO, 0, Answer.KNOWN);
        rollCall.answered(OSLO, 2, Answer.UNKNOWN);

        assertThat(asked(rollCall)).containsExactly(1, 3);
    }

    @Test
    void anAnswerCountsOnceAndTheLaterHolds() {
        RollCall rollCall = new RollCall(2, seq -> seq, List.of(OSLO), 10, 3);

        assertThat(rollCall.answered(OSLO, 0, Answer.UNKNOWN)).isTrue();
        assertThat(rollCall.unknown()).isEqualTo(1);
        assertThat(rollCall.answered(OSLO, 0, Answer.KNOWN)).isFalse();
        assertThat(rollCall.unknown()).isZero();
        assertThat(rollCall.seen()).isEqualTo(1);
    }

    @Test
    void asksAgainWhileAttemptsAreLeftAndThenGivesUp() {
        RollCall rollCall = new RollCall(2, seq -> seq, List.of(OSLO), 10, 2);
        asked(rollCall);
        rollCall.answered(OSLO, 1, Answer.KNOWN);

        assertThat(givenUp(rollCall)).isEmpty();
        assertThat(askedAgain(rollCall)).containsExactly(0);
        assertThat(askedAgain(rollCall)).isEmpty();
        assertThat(givenUp(rollCall)).containsExactly(0);
        assertThat(rollCall.isComplete()).isTrue();
        assertThat(rollCall.notObserved()).isEqualTo(1);
        assertThat(rollCall.unknown()).isEqualTo(1);
        assertThat(rollCall.askedAgain()).isEqualTo(1);
    }

    @Test
    void aLateAnswerReplacesTheNotObserved() {
        RollCall rollCall = new RollCall(2, seq -> seq, List.of(OSLO), 1, 1);
        asked(rollCall);
        givenUp(rollCall);

        rollCall.answered(OSLO, 0, Answer.KNOWN);

        assertThat(rollCall.notObserved()).isZero();
        assertThat(rollCall.seen()).isEqualTo(1);
    }

    @Test
    void atTheDeadlineEverybodyWithoutAnAnswerIsGivenUp() {
        RollCall rollCall = new RollCall(5, seq -> seq, List.of(OSLO), 2, 3);
        asked(rollCall);
        rollCall.answered(OSLO, 1, Answer.KNOWN);

        List<Integer> givenUp = new ArrayList<>();
        rollCall.giveUpAll((seq, missing) -> givenUp.add(seq));

        assertThat(givenUp).containsExactly(0, 2, 3, 4);
        assertThat(rollCall.isComplete()).isTrue();
        assertThat(rollCall.inFlight()).isZero();
    }

    @Test
    void aTargetIsInFlightUntilEveryVantagePointHasAnswered() {
        RollCall rollCall = new RollCall(2, seq -> seq, List.of(BERGEN, OSLO), 1, 3);

        assertThat(asked(rollCall)).containsExactly(0);
        rollCall.answered(OSLO, 0, Answer.KNOWN);
        assertThat(asked(rollCall)).isEmpty();
        assertThat(rollCall.seen()).isZero();
        rollCall.answered(BERGEN, 0, Answer.UNKNOWN);
        assertThat(rollCall.seen()).isEqualTo(1);
        assertThat(asked(rollCall)).containsExactly(1);
    }

    @Test
    void onlyWhoHasNotAnsweredIsAskedAgainAndGivenUp() {
        RollCall rollCall = new RollCall(1, seq -> seq, List.of(BERGEN, OSLO), 10, 2);
        List<List<String>> missing = new ArrayList<>();
        rollCall.askNext((seq, from) -> missing.add(from));
        rollCall.answered(OSLO, 0, Answer.KNOWN);
        rollCall.askAgain((seq, from) -> missing.add(from));
        rollCall.giveUp((seq, from) -> missing.add(from));

        assertThat(missing).containsExactly(List.of(BERGEN, OSLO), List.of(BERGEN), List.of(BERGEN));
        assertThat(rollCall.isComplete()).isTrue();
        assertThat(rollCall.notObserved()).isEqualTo(1);
    }

    /** Workers at two places, with losses and repetitions at random. */
    @Property(tries = 300)
    void everyVantagePointAccountsForEveryTarget(
            @ForAll @IntRange(max = 60) int total,
            @ForAll @IntRange(min = 1, max = 20) int window,
            @ForAll @IntRange(min = 1, max = 3) int attempts,
            @ForAll long seed) {
        Random chance = new Random(seed);
        List<String> vantages = List.of(BERGEN, OSLO);
        RollCall rollCall = new RollCall(total, seq -> seq, vantages, window, attempts);
        Set<String> asked = new HashSet<>();
        Set<String> answered = new HashSet<>();
        Set<String> givenUp = new HashSet<>();
        RollCall.Missing ask = (seq, missing) -> missing.forEach(vantage -> {
            assertThat(answered).doesNotContain(vantage + seq);
            asked.add(vantage + seq);
        });

        for (int round = 0; !rollCall.isComplete(); round++) {
            assertThat(round).as("rounds").isLessThan(40 * (total + 1) * attempts);
            rollCall.askNext(ask);
            assertThat(rollCall.inFlight()).isLessThanOrEqualTo(window);
            for (int seq = 0; seq < total; seq++) {
                String vantage = vantages.get(chance.nextInt(2));
                if (chance.nextInt(4) == 0 && asked.contains(vantage + seq) && !givenUp.contains(vantage + seq)) {
                    assertThat(rollCall.answered(vantage, seq, Answer.KNOWN)).isEqualTo(answered.add(vantage + seq));
                }
            }
            if (chance.nextInt(3) == 0) {
                rollCall.giveUp((seq, missing) -> missing.forEach(vantage -> givenUp.add(vantage + seq)));
                rollCall.askAgain(ask);
            }
        }

        assertThat(Collections.disjoint(givenUp, answered)).isTrue();
        assertThat(answered.size() + givenUp.size()).isEqualTo(2 * total);
        assertThat(rollCall.notObserved()).isEqualTo(givenUp.size());
        assertThat(rollCall.inFlight()).isZero();
    }

    /** Workers that lose and repeat at random, against a plain model of what must hold. */
    @Property(tries = 500)
    void everyTargetIsAccountedForWhateverHappens(
            @ForAll @IntRange(max = 200) int total,
            @ForAll @IntRange(min = 1, max = 50) int window,
            @ForAll @IntRange(min = 1, max = 4) int attempts,
            @ForAll long seed) {
        Random chance = new Random(seed);
        RollCall rollCall = new RollCall(total, position -> total - 1 - position, List.of(OSLO), window, attempts);
        Map<Integer, Integer> published = new HashMap<>();
        Set<Integer> answered = new HashSet<>();
        Set<Integer> givenUp = new HashSet<>();

        for (int round = 0; !rollCall.isComplete(); round++) {
            assertThat(round).as("rounds").isLessThan(10 * (total + 1) * attempts);
            rollCall.askNext((seq, missing) -> published.merge(seq, 1, Integer::sum));
            assertThat(rollCall.inFlight()).isLessThanOrEqualTo(window);
            for (int seq : List.copyOf(published.keySet())) {
                if (chance.nextInt(4) == 0 && !givenUp.contains(seq)) {
                    assertThat(rollCall.answered(OSLO, seq, Answer.KNOWN)).isEqualTo(answered.add(seq));
                }
            }
            if (chance.nextInt(3) == 0) {
                givenUp.addAll(givenUp(rollCall));
                askedAgain(rollCall).forEach(seq -> published.merge(seq, 1, Integer::sum));
            }
        }

        assertThat(published.values()).allMatch(times -> times <= attempts);
        assertThat(Collections.disjoint(givenUp, answered)).isTrue();
        assertThat(answered.size() + givenUp.size()).isEqualTo(total);
        assertThat(rollCall.seen()).isEqualTo(total);
        assertThat(rollCall.notObserved()).isEqualTo(givenUp.size());
        assertThat(rollCall.inFlight()).isZero();
    }

    private static List<Integer> asked(RollCall rollCall) {
        List<Integer> asked = new ArrayList<>();
        rollCall.askNext((seq, missing) -> asked.add(seq));
        return asked;
    }

    private static List<Integer> askedAgain(RollCall rollCall) {
        List<Integer> asked = new ArrayList<>();
        rollCall.askAgain((seq, missing) -> asked.add(seq));
        return asked;
    }

    private static List<Integer> givenUp(RollCall rollCall) {
        List<Integer> given = new ArrayList<>();
        rollCall.giveUp((seq, missing) -> given.add(seq));
        return given;
    }
}
