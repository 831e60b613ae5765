package org.mailpulse.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.mailpulse.local.stack.DataFolder;
import org.mailpulse.local.stack.Pipeline;
import org.mailpulse.local.stack.Services;
import org.mailpulse.local.stack.SurveyRun;
import org.mailpulse.probe.ProbeSettings;
import org.mailpulse.probe.Timeouts;
import org.mailpulse.probe.tls.TrustStore;
import org.mailpulse.simulator.Simulator;
import org.mailpulse.survey.coordinator.Progress;
import org.mailpulse.survey.targets.TargetList;
import org.mailpulse.survey.targets.TargetListException;

/** Survey after survey over one simulated internet that changes in between. */
public final class Demo {
    /** Says in every row that these figures are not of the real Internet. */
    public static final String VANTAGE = "simulation";

    /** Outside every simulated country: nobody strips STARTTLS on the way. */
    static final String EHLO_NAME = "probe.example";

    /**
     * On loopback whoever does not answer in seconds never will; a survey lasts as long as the slowest of its servers is
     * waited for, twice where a "no" is confirmed.
     */
    private static final Timeouts PATIENCE = new Timeouts(
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(3),
            Duration.ofSeconds(15),
            Duration.ofMillis(800),
            Duration.ofSeconds(4),
            Duration.ofSeconds(4));

    private final DataFolder data;
    private final Services services;
    private final DemoWorld world;
    private final Timeouts patience;
    private final Path folder;
    private volatile SurveyRun running;
    private volatile boolean stopped;

    public Demo(DataFolder data, Services services, DemoWorld world) {
        this(data, services, world, PATIENCE);
    }

    Demo(DataFolder data, Services services, DemoWorld world, Timeouts patience) {
        this.data = data;
        this.services = services;
        this.world = world;
        this.patience = patience;
        this.folder = data.root().resolve("simulator");
    }

    /** Names of the surveys, oldest first. */
    public static List<String> surveys(DemoWorld world) {
        YearMonth last = YearMonth.parse(world.lastSurvey());
        List<String> names = new ArrayList<>();
        for (int before = world.surveys() - 1; before >= 0; before--) {
            names.add(last.minusMonths(before).toString());
        }
        return names;
    }

    public static boolean isComplete(Services services, DemoWorld world) throws SQLException {
        for (String survey : surveys(world)) {
            if (!SurveyRun.isClosed(services, survey, VANTAGE)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Runs what is not done yet.
     *
     * @param listener hears of the progress of all surveys together
     * @return false if it was stopped; what has been observed is kept
     */
    public boolean run(Consumer<Progress> listener)
            throws IOException, SQLException, InterruptedException, TargetListException {
        Files.createDirectories(folder);
        try (Simulator simulator = Simulator.start(world.simulator())) {
            List<Path> lists = targets(simulator);
            ProbeSettings probing = probing(simulator);
            // What a worker has to say of its surroundings concerns the real Internet only.
            try (Pipeline pipeline = Pipeline.start(data, services, probing, notice -> {})) {
                return surveys(simulator, pipeline, probing, lists, listener);
            }
        }
    }

    /** From any thread: {@link #run} then returns soon. */
    public void stop() {
        stopped = true;
        SurveyRun survey = running;
        if (survey != null) {
            survey.stop();
        }
    }

    private List<Path> targets(Simulator simulator) throws IOException {
        List<Path> lists = new ArrayList<>();
        for (String name : surveys(world)) {
            Path list = folder.resolve("targets-" + name + ".csv");
            simulator.writeTargets(lists.size(), list);
            lists.add(list);
        }
        return lists;
    }

    private boolean surveys(
            Simulator simulator,
            Pipeline pipeline,
            ProbeSettings probing,
            List<Path> lists,
            Consumer<Progress> listener)
            throws IOException, SQLException, InterruptedException, TargetListException {
        String trustStore = TrustStore.load(probing.trustStore()).version();
        List<String> names = surveys(world);
        OverallProgress overall = new OverallProgress(names.size(), world.domains(), listener);
        for (int survey = 0; survey < names.size() && !stopped; survey++) {
            String name = names.get(survey);
            TargetList list = TargetList.load(lists.get(survey), data.rejected());
            if (!SurveyRun.isClosed(services, name, VANTAGE)) {
                simulator.setSurvey(survey);
                running = new SurveyRun(services, pipeline::requireHealthy, name, List.of(VANTAGE), list, trustStore);
                if (stopped || !running.run(overall::show)) {
                    return false;
                }
            }
            overall.finished(list.size());
        }
        return !stopped;
    }

    /** Patience is cut down to what a simulation needs; nobody else's servers are asked, so there is no need of pace. */
    private ProbeSettings probing(Simulator simulator) throws IOException {
        Path trustStore = folder.resolve("trust.pem");
        Path trustAnchor = folder.resolve("anchor.zone");
        simulator.writeTrustStore(trustStore);
        simulator.writeTrustAnchor(trustAnchor);
        return ProbeSettings.defaults()
                .withVantage(VANTAGE)
                .withEhloName(EHLO_NAME)
                .withResolvers(List.of(simulator.dnsAddress()))
                .withSmtpPort(simulator.smtpPort())
                .withPolicyPort(simulator.policyPort())
                .withTrustStore(trustStore)
                .withTrustAnchor(trustAnchor)
                .withAllowPrivate(true)
                .withTxtOptOut(false)
                .withConcurrency(100)
                .withPerAddress(50)
                .withGap(Duration.ZERO)
                .withConfirmAfter(Duration.ofMillis(300))
                .withTimeouts(patience);
    }
}
