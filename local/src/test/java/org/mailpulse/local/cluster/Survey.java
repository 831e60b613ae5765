package org.mailpulse.local.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One survey, to its end, while blows fall. Whoever ends is started again as in production: killed parts after their
 * time, others at once, the coordinator by the same command.
 */
final class Survey implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final long LOOK_EVERY_MILLIS = 50;

    private record Down(Part part, long until) {}

    private record Due(Blow blow, long at) {}

    private final Cluster cluster;
    private final Part coordinator;
    private final int targets;
    private final Deque<Blow> blows;
    private final List<Due> due = new ArrayList<>();
    private final List<Down> down = new ArrayList<>();
    private final Answers answers;
    private final Checkpoints checkpoints;
    private final Story story = new Story();

    private Survey(Cluster cluster, String name, List<Blow> blows) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.coordinator = cluster.coordinator(name);
        this.targets = cluster.targets();
        this.blows = new ArrayDeque<>(blows);
        this.answers = new Answers(cluster.kafka());
        this.checkpoints = Checkpoints.watch(cluster.flinkUrl());
    }

    /**
     * @param blows in the order of their shares
     * @throws AssertionError with the whole story, if it does not come to an end
     */
    static Story run(Cluster cluster, String name, List<Blow> blows) throws IOException, InterruptedException {
        try (Survey survey = new Survey(cluster, name, blows)) {
            survey.run();
            return survey.story;
        }
    }

    private void run() throws IOException, InterruptedException {
        story.tell(targets + " targets");
        coordinator.start();
        while (!isOver()) {
            deal();
            revive();
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            if (story.soFar().compareTo(LONGEST) > 0) {
                throw new AssertionError("the survey does not end:\n" + story + "\n" + coordinator.lastWords());
            }
        }
        story.tell("over" + (blows.isEmpty() && due.isEmpty() ? "" : ", before " + blows + due));
        for (Down left : down) {
            left.part().start();
        }
        story.tellRecoveries(checkpoints);
    }

    private boolean isOver() throws IOException {
        if (!coordinator.hasEndedByItself()) {
            return false;
        }
        if (coordinator.exitCode() == 0) {
            return true;
        }
        String words = coordinator.lastWords().strip();
        story.tell("coordinator ended with " + coordinator.exitCode() + ": "
                + words.substring(words.lastIndexOf('\n') + 1));
        down.add(new Down(coordinator, System.nanoTime() + TimeUnit.SECONDS.toNanos(1)));
        return false;
    }

    private void deal() throws IOException, InterruptedException {
        double share = blows.isEmpty() ? 0 : answers.share(targets);
        while (!blows.isEmpty() && blows.peek().share() <= share) {
            Blow next = blows.remove();
            due.add(new Due(next, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(next.delayMillis())));
        }
        due.sort(Comparator.comparingLong(Due::at));
        while (!due.isEmpty() && due.get(0).at() <= System.nanoTime()) {
            strike(due.remove(0).blow());
        }
    }

    private void strike(Blow blow) throws InterruptedException {
        List<Part> all = blow.victim() == Victim.COORDINATOR ? List.of(coordinator) : cluster.parts(blow.victim());
        Part part = all.get(blow.number() % all.size());
        if (part.isAlive()) {
            part.kill();
            story.killed(blow.victim(), part);
            down.add(new Down(part, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(blow.downMillis())));
        } else {
            due.add(new Due(blow, System.nanoTime() + TimeUnit.SECONDS.toNanos(1))); // it is down already
        }
    }

    private void revive() throws IOException {
        for (Iterator<Down> each = down.iterator(); each.hasNext(); ) {
            Down one = each.next();
            if (one.until() <= System.nanoTime()) {
                each.remove();
                one.part().start();
                story.tell("started " + one.part());
            }
        }
        for (Part part : cluster.servers()) {
            if (part.hasEndedByItself()) {
                story.endedByItself(part);
                part.start();
            }
        }
    }

    @Override
    public void close() {
        coordinator.close();
        checkpoints.close();
        answers.close();
    }
}
