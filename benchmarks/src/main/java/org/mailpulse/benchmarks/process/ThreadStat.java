package org.mailpulse.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One line of {@code /proc/…/stat} (proc(5)).
 *
 * @param name may hold blanks and brackets
 * @param ticks CPU time
 * @param childTicks CPU time of children that have ended and were waited for
 */
public record ThreadStat(String name, long ticks, long childTicks) {
    private static final ThreadStat GONE = new ThreadStat("", 0, 0);

    /** Fields behind the name; utime is the 14th of all, the name the second. */
    private static final int UTIME = 11;

    private static final int STIME = 12;
    private static final int CUTIME = 13;
    private static final int CSTIME = 14;

    public static ThreadStat read(Path stat) {
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
                Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME]),
                Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CSTIME]));
    }
}
