package org.mailpulse.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process has used so far, read from {@code /proc} (proc(5)).
 *
 * @param cpu of all its threads, in user and kernel mode, in steps of 10 ms
 * @param residentKilobytes at this moment; 0 once it has ended
 */
public record Usage(Duration cpu, long residentKilobytes) {
    /** USER_HZ: the kernel's unit of CPU time towards programs, 100 on every Linux of this architecture. */
    private static final long TICKS_PER_SECOND = 100;

    public static Usage of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        return new Usage(duration(ThreadStat.read(folder.resolve("stat")).ticks()), residentKilobytes(pid));
    }

    /** CPU of the programs that this process has started and that have ended. */
    public static Duration ofEndedChildren() {
        return duration(ThreadStat.read(Path.of("/proc/self/stat")).childTicks());
    }

    public static long residentKilobytes(long pid) {
        return kilobytes(pid, "VmRSS:");
    }

    /** The most that it has had resident at any moment of its life, as the kernel keeps it; 0 once it has ended. */
    public static long peakKilobytes(long pid) {
        return kilobytes(pid, "VmHWM:");
    }

    private static long kilobytes(long pid, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    public static Duration duration(long ticks) {
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
