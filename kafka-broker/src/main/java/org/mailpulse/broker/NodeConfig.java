package org.mailpulse.broker;

import java.nio.file.Path;
import java.util.Properties;

/** Settings of a node that is alone: every internal topic has one replica and few partitions. */
final class NodeConfig {
    static final int NODE_ID = 1;

    private NodeConfig() {}

    static Properties of(Path folder, int brokerPort, int controllerPort) {
        Properties config = new Properties();
        config.put("process.roles", "broker,controller");
        config.put("node.id", String.valueOf(NODE_ID));
        config.put("log.dirs", folder.toString());
        config.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        config.put("controller.listener.names", "CONTROLLER");
        config.put("listeners", "PLAINTEXT://127.0.0.1:" + brokerPort + ",CONTROLLER://127.0.0.1:" + controllerPort);
        config.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");

        config.put("auto.create.topics.enable", "false");
        config.put("default.replication.factor", "1");
        config.put("offsets.topic.replication.factor", "1");
        config.put("offsets.topic.num.partitions", "1");
        config.put("transaction.state.log.replication.factor", "1");
        config.put("transaction.state.log.num.partitions", "1");
        config.put("transaction.state.log.min.isr", "1");
        config.put("share.coordinator.state.topic.replication.factor", "1");
        config.put("share.coordinator.state.topic.num.partitions", "1");
        config.put("share.coordinator.state.topic.min.isr", "1");

        config.put("group.initial.rebalance.delay.ms", "0"); // nobody else will join
        config.put("log.segment.bytes", String.valueOf(128 * 1024 * 1024));
        config.put("log.cleaner.dedupe.buffer.size", String.valueOf(16 * 1024 * 1024)); // 128 MB of heap by default
        config.put("num.network.threads", "2");
        config.put("num.io.threads", "2");
        config.put("num.recovery.threads.per.data.dir", "2");
        config.put("metric.reporters", ""); // no JMX beans
        return config;
    }
}
