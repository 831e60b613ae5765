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
    @Test
    void asksOneByOneAndNeverMoreThanTheWindowHolds() {
        RollCall rollCall = new RollCall(5, seq -> seq, 2, 3);

        assertThat(asked(rollCall)).containsExactly(0, 1);
        assertThat(asked(rollCall)).isEmpty();
        rollCall.answered(1, Answer.KNOWN);
        assertThat(asked(rollCall)).containsExactly(2);
    }

    @Test
    void asksInTheOrderGiven() {
        RollCall rollCall = new RollCall(3, position -> (position + 1) % 3, 10, 3);

        assertThat(asked(rollCall)).containsExactly(1, 2, 0);
    }

    @Test
    void whoHasAnsweredInAnEarlierRunIsNotAsked() {
        RollCall rollCall = new RollCall(4, seq -> seq, 10, 3);
        rollCall.answered(0, Answer.KNOWN);
        rollCall.answered(2, Answer.UNKNOWN);

        assertThat(asked(rollCall)).containsExactly(1, 3);
    }

    @Test
    void anAnswerCountsOnceAndTheLaterHolds() {
        RollCall rollCall = new RollCall(2, seq -> seq, 10, 3);

        assertThat(rollCall.answered(0, Answer.UNKNOWN)).isTrue();
        assertThat(rollCall.unknown()).isEqualTo(1);
        assertThat(rollCall.answered(0, Answer.KNOWN)).isFalse();
        assertThat(rollCall.unknown()).isZero();
        assertThat(rollCall.seen()).isEqualTo(1);
    }

    @Test
    void asksAgainWhileAttemptsAreLeftAndThenGivesUp() {
        RollCall rollCall = new RollCall(2, seq -> seq, 10, 2);
        asked(rollCall);
        rollCall.answered(1, Answer.KNOWN);

        assertThat(rollCall.giveUp()).isEmpty();
        assertThat(rollCall.askAgain()).containsExactly(0);
        assertThat(rollCall.askAgain()).isEmpty();
        assertThat(rollCall.giveUp()).containsExactly(0);
        assertThat(rollCall.isComplete()).isTrue();
        assertThat(rollCall.notObserved()).isEqualTo(1);
        assertThat(rollCall.unknown()).isEqualTo(1);
        assertThat(rollCall.askedAgain()).isEqualTo(1);
    }

    @Test
    void aLateAnswerReplacesTheNotObserved() {
        RollCall rollCall = new RollCall(2, seq -> seq, 1, 1);
        asked(rollCall);
        rollCall.giveUp();

        rollCall.answered(0, Answer.KNOWN);

        assertThat(rollCall.notObserved()).isZero();
        assertThat(rollCall.seen()).isEqualTo(1);
    }

    @Test
    void atTheDeadlineEverybodyWithoutAnAnswerIsGivenUp() {
        RollCall rollCall = new RollCall(5, seq -> seq, 2, 3);
        asked(rollCall);
        rollCall.answered(1, Answer.KNOWN);

        List<Integer> givenUp = new ArrayList<>();
        rollCall.giveUpAll(givenUp::add);

        assertThat(givenUp).containsExactly(0, 2, 3, 4);
        assertThat(rollCall.isComplete()).isTrue();
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
        RollCall rollCall = new RollCall(total, position -> total - 1 - position, window, attempts);
        Map<Integer, Integer> published = new HashMap<>();
        Set<Integer> answered = new HashSet<>();
        Set<Integer> givenUp = new HashSet<>();

        for (int round = 0; !rollCall.isComplete(); round++) {
            assertThat(round).as("rounds").isLessThan(10 * (total + 1) * attempts);
            rollCall.askNext(seq -> published.merge(seq, 1, Integer::sum));
            assertThat(rollCall.inFlight()).isLessThanOrEqualTo(window);
            for (int seq : List.copyOf(published.keySet())) {
                if (chance.nextInt(4) == 0 && !givenUp.contains(seq)) {
                    assertThat(rollCall.answered(seq, Answer.KNOWN)).isEqualTo(answered.add(seq));
                }
            }
            if (chance.nextInt(3) == 0) {
                givenUp.addAll(rollCall.giveUp());
                rollCall.askAgain().forEach(seq -> published.merge(seq, 1, Integer::sum));
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
        rollCall.askNext(asked::add);
        return asked;
    }
}
