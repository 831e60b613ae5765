package org.mailpulse.local.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;

/** Results go to standard output, everything else to standard error; colour and moving bars only on a terminal. */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;

    public Console(PrintStream out, PrintStream err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /** A result. */
    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Standard output, for those who write many lines. */
    public PrintWriter writer() {
        return new PrintWriter(out, true);
    }

    /** A word on what is going on. */
    public void say(String line) {
        err.println(line);
    }

    /** What should be known, but stops nothing. */
    public void warn(String line) {
        err.println("mailpulse: warning: " + line);
    }

    public void error(String line) {
        err.println("mailpulse: " + line);
    }

    PrintStream err() {
        return err;
    }
}
