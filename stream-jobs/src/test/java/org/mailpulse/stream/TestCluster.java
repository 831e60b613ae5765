package org.mailpulse.stream;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** Flink in this JVM, with one TaskManager. */
final class TestCluster {
    private TestCluster() {}

    /** @param folder for what it leaves on the disk; asked when the cluster starts */
    static MiniClusterExtension ofSlots(int slots, Supplier<Path> folder) {
        return new MiniClusterExtension(() -> {
            Configuration configuration = new Configuration();
            configuration.set(CoreOptions.TMP_DIRS, folder.get().toString());
            return new MiniClusterResourceConfiguration.Builder()
                    .setConfiguration(configuration)
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(slots)
                    .build();
        });
    }
}
