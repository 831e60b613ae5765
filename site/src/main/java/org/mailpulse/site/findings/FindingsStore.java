package org.mailpulse.site.findings;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.mailpulse.warehouse.Group;
import org.mailpulse.warehouse.SurveyRow;
import org.mailpulse.warehouse.Warehouse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Findings, and what is made of them, remembered for some seconds and read by few threads, so that many visitors are one
 * visitor to the database. Safe for several threads.
 *
 * @param <T> what is made of findings
 */
public final class FindingsStore<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FindingsStore.class);

    /** How old what is shown may be. */
    public static final Duration FRESH = Duration.ofSeconds(10);

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int READERS = 2;
    private static final int WAITING = 32;
    private static final int PAGES = 64;
    private static final int SURVEYS = 64;

    private final FindingsReader reader;
    private final ThreadPoolExecutor readers;
    private final Remembered<String, List<SurveyRow>> surveys;
    private final Remembered<Choice, List<Group>> populations;
    private final Remembered<Choice, T> made;
    private final Function<Findings, T> making;

    public FindingsStore(Warehouse warehouse, Function<Findings, T> making) {
        this.making = making;
        reader = new FindingsReader(warehouse);
        readers = new ThreadPoolExecutor(
                READERS, READERS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "site-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        surveys = new Remembered<>(1, FRESH, PATIENCE, readers);
        populations = new Remembered<>(SURVEYS, FRESH, PATIENCE, readers);
        made = new Remembered<>(PAGES, FRESH, PATIENCE, readers);
    }

    /**
     * @return empty if there is no survey yet
     * @throws RefusedException if there is nothing like that, or the database does not answer
     */
    public Optional<T> find(Asked asked) throws RefusedException {
        List<SurveyRow> all = await(surveys, "all", reader::surveys);
        Optional<SurveyRow> chosen = Choice.among(all, asked);
        return chosen.isEmpty() ? Optional.empty() : Optional.of(find(chosen.get(), asked.population(), all));
    }

    private T find(SurveyRow row, String population, List<SurveyRow> all) throws RefusedException {
        Choice choice = new Choice(row.survey(), row.vantage(), population);
        List<Group> lists = await(
                populations, choice.withPopulation(""), () -> reader.populations(choice.survey(), choice.vantage()));
        // Known before anything is read for it: names that nobody has cost the database nothing.
        if (!choice.isEverything()
                && lists.stream().noneMatch(list -> list.name().equals(population))) {
            throw RefusedException.unknown("Survey " + row.survey() + " from “" + row.vantage() + "” has no list “"
                    + population + "” with domains that take mail.");
        }
        return await(made, choice, () -> making.apply(reader.read(choice, row, all, lists)));
    }

    private static <K, V> V await(Remembered<K, V> remembered, K key, Callable<V> question) throws RefusedException {
        try {
            return remembered.get(key, question);
        } catch (SQLException e) {
            throw RefusedException.unavailable("The database cannot be reached. Please try again in a moment.");
        } catch (TimeoutException e) {
            LOG.warn("the page cannot be made: the database is too slow");
            throw RefusedException.unavailable("The database takes too long. Please try again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusedException.unavailable("The page is being shut down.");
        } catch (Exception e) {
            throw new IllegalStateException("the page cannot be made: " + e, e);
        }
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
