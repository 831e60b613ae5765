package org.mailpulse.benchmarks.survey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mailpulse.benchmarks.process.ThreadStat;
import org.mailpulse.benchmarks.process.Usage;

/**
 * CPU and memory of a process and its children, read from {@code /proc} again and again: what ends between two looks is
 * lost, so look often.
 */
final class ProcessTree {
    private record Seen(Part part, long ticks) {}

    private final ProcessHandle root;
    private final Map<String, Seen> threads = new HashMap<>();
    private final Map<Long, Long> processTicks = new HashMap<>();
    private long peakKilobytes;

    ProcessTree(ProcessHandle root) {
        this.root = root;
    }

    synchronized void look() {
        List<ProcessHandle> all =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        long kilobytes = 0;
        for (ProcessHandle process : all) {
            kilobytes += Usage.residentKilobytes(process.pid());
            count(process.pid(), process.pid() != root.pid());
        }
        peakKilobytes = Math.max(peakKilobytes, kilobytes);
    }

    private void count(long pid, boolean child) {
        Path folder = Path.of("/proc", Long.toString(pid));
        processTicks.merge(pid, ThreadStat.read(folder.resolve("stat")).ticks(), Math::max);
        try (Stream<Path> tasks = Files.list(folder.resolve("task"))) {
            tasks.forEach(task -> {
                ThreadStat stat = ThreadStat.read(task.resolve("stat"));
                Part part = child ? Part.CLICKHOUSE : Part.of(stat.name());
                threads.merge(
                        pid + "/" + task.getFileName(),
                        new Seen(part, stat.ticks()),
                        (old, now) -> now.ticks() >= old.ticks() ? now : old);
            });
        } catch (IOException e) {
            // It has ended in this moment; what was seen of it before stays.
        }
    }

    /** Largest sum of resident memory in one look. */
    synchronized long peakMegabytes() {
        return peakKilobytes / 1024;
    }

    synchronized Duration cpu() {
        return Usage.duration(
                processTicks.values().stream().mapToLong(Long::longValue).sum());
    }

    synchronized Map<Part, Duration> cpuByPart() {
        Map<Part, Long> ticks = new EnumMap<>(Part.class);
        threads.values().forEach(seen -> ticks.merge(seen.part(), seen.ticks(), Long::sum));
        Map<Part, Duration> cpu = new EnumMap<>(Part.class);
        ticks.forEach((part, sum) -> cpu.put(part, Usage.duration(sum)));
        return cpu;
    }
}
