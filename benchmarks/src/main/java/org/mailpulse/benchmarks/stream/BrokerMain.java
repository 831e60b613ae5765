package org.mailpulse.benchmarks.stream;

import java.nio.file.Path;
import org.mailpulse.broker.Broker;

/** A broker in a process of its own. Argument: its folder. Says where it listens, and ends with its standard input. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        try (Broker broker = Broker.start(Path.of(arguments[0]), 0)) {
            System.out.println(broker.bootstrap());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }
}
