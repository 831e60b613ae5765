package org.mailpulse.local.cluster;

import java.nio.file.Path;
import org.mailpulse.broker.Broker;

/** The broker in a process of its own, until it is killed. Arguments: folder, port. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        Broker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Thread.currentThread().join();
    }
}
