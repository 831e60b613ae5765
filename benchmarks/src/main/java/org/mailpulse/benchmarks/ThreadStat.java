package org.mailpulse.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One line of {@code /proc/…/stat} (proc(5)): its name, which may hold blanks and brackets, and its CPU time. */
record ThreadStat(String name, long ticks) {
    private static final ThreadStat GONE = new ThreadStat("", 0);

    /** Fields behind the name; utime is the 14th of all, the name the second. */
    private static final int UTIME = 11;

    static ThreadStat read(Path stat) {
        try {
            return parse(Files.readString(stat));
        } catch (IOException | RuntimeException e) {
            return GONE;
        }
    }

    static ThreadStat parse(String line) {
        int end = line.lastIndexOf(')');
        String[] fields = line.substring(end + 2).split(" ");
        return new ThreadStat(
                line.substring(line.indexOf('(') + 1, end),
                Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]));
    }
}
