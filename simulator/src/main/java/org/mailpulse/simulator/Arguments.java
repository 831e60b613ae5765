package org.mailpulse.simulator;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.YearMonth;
import java.util.function.Function;

/**
 * The command line of {@link SimulatorMain}: pairs of option and value.
 *
 * @param folder where the trust store and the trust anchor are written
 */
record Arguments(SimulatorSettings settings, Path folder) {
    static final String USAGE = "options: --domains N --surveys K --last YYYY-MM --seed S --hostile 0…1 --dns-port P"
            + " --smtp-port P --policy-port P --threads T --greet-delay MILLISECONDS --dir FOLDER";

    /** @throws IllegalArgumentException with one line for the user */
    static Arguments parse(String... words) {
        SimulatorSettings settings = SimulatorSettings.defaults();
        Path folder = Path.of(".");
        for (int i = 0; i < words.length; i += 2) {
            String option = words[i];
            if (i + 1 == words.length) {
                throw new IllegalArgumentException(option + " needs a value; " + USAGE);
            }
            String value = words[i + 1];
            switch (option) {
                case "--domains" -> settings = settings.withDomains(read(option, value, Integer::parseInt));
                case "--surveys" -> settings = settings.withSurveys(read(option, value, Integer::parseInt));
                case "--last" -> settings = settings.withLastSurvey(read(option, value, YearMonth::parse));
                case "--seed" -> settings = settings.withSeed(read(option, value, Long::parseLong));
                case "--hostile" -> settings = settings.withHostile(read(option, value, Double::parseDouble));
                case "--threads" -> settings = settings.withThreads(read(option, value, Integer::parseInt));
                case "--dns-port" -> settings = settings.withDnsPort(read(option, value, Integer::parseInt));
                case "--smtp-port" -> settings = settings.withSmtpPort(read(option, value, Integer::parseInt));
                case "--policy-port" -> settings = settings.withPolicyPort(read(option, value, Integer::parseInt));
                case "--greet-delay" ->
                    settings = settings.withGreetDelay(Duration.ofMillis(read(option, value, Integer::parseInt)));
                case "--dir" -> folder = Path.of(value);
                default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
            }
        }
        return new Arguments(settings, folder);
    }

    private static <T> T read(String option, String value, Function<String, T> reader) {
        try {
            return reader.apply(value);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IllegalArgumentException(option + " cannot be '" + value + "'", e);
        }
    }
}
