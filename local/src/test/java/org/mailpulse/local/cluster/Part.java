package org.mailpulse.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One process of the cluster. Each start is the same command again, so the same ports and folders. */
final class Part implements AutoCloseable {
    /** Whether it does its work already; what it throws means no. */
    interface Ready {
        boolean yet() throws Exception;
    }

    /** The system kills it when the thread ends that has started it: nothing is left behind by tests that are killed. */
    private static final List<String> ORPHANS_DIE = List.of("setpriv", "--pdeathsig", "KILL");

    private static final long LOOK_EVERY_MILLIS = 50;

    private final String name;
    private final ProcessBuilder command;
    private final Path log;
    private Process process;
    private boolean knownDead = true;

    /** @param logs folder that receives its standard output and error, of all its lives */
    Part(String name, Path logs, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.log = logs.resolve(name + ".log");
        this.command = new ProcessBuilder(
                        Stream.concat(ORPHANS_DIE.stream(), command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        this.command.environment().putAll(environment);
    }

    void start() throws IOException {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        process = command.start();
        knownDead = false;
    }

    /** @throws AssertionError with the end of its log, if it ends first or is not ready in time */
    void await(Ready ready, long seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!isReady(ready)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError(name + (process.isAlive() ? " is not ready" : " ended") + ":\n" + lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private static boolean isReady(Ready ready) throws InterruptedException {
        try {
            return ready.yet();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return false;
        }
    }

    /** SIGKILL, to itself and to what it started: none of them gets to say a word. */
    void kill() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        all.forEach(child -> child.onExit().join());
        knownDead = true;
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it is gone and nobody has killed it, told once. */
    boolean hasEndedByItself() {
        if (isAlive() || knownDead) {
            return false;
        }
        knownDead = true;
        return true;
    }

    int exitCode() {
        return process.exitValue();
    }

    String name() {
        return name;
    }

    String lastWords() throws IOException {
        String all = Files.readString(log);
        return all.substring(Math.max(0, all.length() - 4_000));
    }

    @Override
    public void close() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
