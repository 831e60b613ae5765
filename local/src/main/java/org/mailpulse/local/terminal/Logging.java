package org.mailpulse.local.terminal;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the log of this process goes: a bounded file in the data folder, and standard error when asked for. */
public final class Logging {
    private static final String FILE = "mailpulse.log";
    private static final FileSize MAX_FILE = FileSize.valueOf("20MB");
    // %replace keeps hostile text from forging lines or steering a terminal.
    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{24} - %replace(%msg){'[\\p{Cntrl}]', ' '}%n";

    private Logging() {}

    /** Starts the log file in the folder; {@code mailpulse.log} then names it for error messages. */
    public static void toFolder(Path folder, boolean verbose) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setFile(folder.resolve(FILE).toString());
        appender.setTriggeringPolicy(start(context, new SizeBasedTriggeringPolicy<>(), MAX_FILE));
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(folder.resolve(FILE) + ".%i");
        rolling.setMaxIndex(1);
        rolling.start();
        appender.setRollingPolicy(rolling);
        attach(context, appender);
        System.setProperty("mailpulse.log", folder.resolve(FILE).toString());
        if (verbose) {
            toStandardError();
        }
    }

    public static void toStandardError() {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        attach((LoggerContext) LoggerFactory.getILoggerFactory(), appender);
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> start(
            LoggerContext context, SizeBasedTriggeringPolicy<ILoggingEvent> policy, FileSize size) {
        policy.setContext(context);
        policy.setMaxFileSize(size);
        policy.start();
        return policy;
    }

    private static void attach(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }
}
