package org.mailpulse.stream.rejudge;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.mailpulse.warehouse.Archive;
import org.mailpulse.warehouse.Archive.Holding;
import org.mailpulse.warehouse.Warehouse;

/**
 * Turns what somebody wants into what can be done. All surveys of a run are read from one place, and each of them must be whole
 * there: part of a survey under a newer method would stand in the place of the whole one.
 */
public final class RejudgePlanner {
    private final Warehouse warehouse;
    private final String kafka;

    /** @param kafka bootstrap servers; asked only if the archive does not do */
    public RejudgePlanner(Warehouse warehouse, String kafka) {
        this.warehouse = warehouse;
        this.kafka = kafka;
    }

    /**
     * @throws IllegalArgumentException if a survey is named that is not there or has not ended, or there is none at all
     * @throws RejudgeException if the records of a survey are not whole any more
     */
    public RejudgePlan plan(RejudgeRequest request) throws SQLException, RejudgeException, InterruptedException {
        // The oldest first, each from all its vantage points.
        Map<String, List<Holding>> all = new Archive(warehouse)
                .holdings().stream().collect(groupingBy(Holding::survey, LinkedHashMap::new, toList()));
        requireKnown(all, request.from());
        requireKnown(all, request.to());
        List<String> closed = new ArrayList<>();
        List<String> open = new ArrayList<>();
        String before = null;
        for (Map.Entry<String, List<Holding>> survey : all.entrySet()) {
            boolean ended = survey.getValue().stream().allMatch(Holding::closed);
            if (request.covers(survey.getKey())) {
                (ended ? closed : open).add(survey.getKey());
            } else if (ended && closed.isEmpty() && request.from() != null && isBefore(survey.getKey(), request)) {
                before = survey.getKey();
            }
        }
        if (closed.isEmpty()) {
            throw new IllegalArgumentException(
                    open.isEmpty()
                            ? "there is no survey to be judged again in " + warehouse
                            : "survey " + open.get(0)
                                    + " has not ended yet; it is judged by the present method as it goes");
        }
        return plan(request, before, closed, open, all);
    }

    private RejudgePlan plan(
            RejudgeRequest request,
            String before,
            List<String> closed,
            List<String> open,
            Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        RecordSource source = source(request.source(), closed, all);
        String comparedWith = before != null && isWhole(source, List.of(before), all) ? before : null;
        long domains = closed.stream()
                .flatMap(survey -> all.get(survey).stream())
                .mapToLong(Holding::domains)
                .sum();
        return new RejudgePlan(request.method(), comparedWith, closed, open, vantages(all), source, domains);
    }

    private static Map<String, List<String>> vantages(Map<String, List<Holding>> all) {
        Map<String, List<String>> vantages = new HashMap<>();
        all.forEach((survey, holdings) -> vantages.put(
                survey,
                holdings.stream()
                        .filter(holding -> !holding.isConsensus())
                        .map(Holding::vantage)
                        .toList()));
        return vantages;
    }

    private RecordSource source(RecordSource wanted, List<String> surveys, Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        if (wanted != RecordSource.KAFKA && isWhole(RecordSource.ARCHIVE, surveys, all)) {
            return RecordSource.ARCHIVE;
        }
        if (wanted != RecordSource.ARCHIVE && isWhole(RecordSource.KAFKA, surveys, all)) {
            return RecordSource.KAFKA;
        }
        throw new RejudgeException(whatIsMissing(wanted, surveys, all));
    }

    private boolean isWhole(RecordSource source, List<String> surveys, Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        return firstMissing(source, surveys, all) == null;
    }

    /** @return null if each is whole */
    private String firstMissing(RecordSource source, List<String> surveys, Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        return switch (source) {
            case ARCHIVE ->
                surveys.stream()
                        .filter(survey -> !all.get(survey).stream().allMatch(Holding::isWhole))
                        .findFirst()
                        .orElse(null);
            case KAFKA -> firstCut(surveys, all);
        };
    }

    private String firstCut(List<String> surveys, Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka))) {
            KafkaHistory history = new KafkaHistory(admin);
            for (String survey : surveys) {
                Instant begun = all.get(survey).stream()
                        .map(Holding::startedAt)
                        .min(Instant::compareTo)
                        .orElseThrow();
                if (!history.isWholeSince(begun)) {
                    return survey;
                }
            }
            return null;
        } catch (ExecutionException | TimeoutException e) {
            throw new RejudgeException("Kafka at " + kafka + " does not tell what it holds: "
                    + Objects.requireNonNullElse(e.getCause(), e).getMessage());
        }
    }

    private String whatIsMissing(RecordSource wanted, List<String> surveys, Map<String, List<Holding>> all)
            throws RejudgeException, InterruptedException {
        List<String> parts = new ArrayList<>();
        if (wanted != RecordSource.KAFKA) {
            String survey = firstMissing(RecordSource.ARCHIVE, surveys, all);
            long held =
                    all.get(survey).stream().mapToLong(Holding::observations).sum();
            long domains = all.get(survey).stream().mapToLong(Holding::domains).sum();
            long handshakes =
                    all.get(survey).stream().mapToLong(Holding::handshakes).sum();
            long hosts = all.get(survey).stream().mapToLong(Holding::hosts).sum();
            parts.add("of survey " + survey + " the archive holds " + held + " of " + domains + " observations and "
                    + handshakes + " of " + hosts + " handshakes");
        }
        if (wanted != RecordSource.ARCHIVE) {
            parts.add("Kafka's topics have been cut since survey " + firstMissing(RecordSource.KAFKA, surveys, all)
                    + " began");
        }
        return "cannot judge again: " + String.join("; and ", parts);
    }

    private static boolean isBefore(String survey, RejudgeRequest request) {
        return new RejudgeRequest(request.method(), null, request.from(), null).covers(survey);
    }

    private void requireKnown(Map<String, List<Holding>> all, String survey) {
        if (survey != null && !all.containsKey(survey)) {
            throw new IllegalArgumentException("there is no survey " + survey + " in " + warehouse);
        }
    }
}
