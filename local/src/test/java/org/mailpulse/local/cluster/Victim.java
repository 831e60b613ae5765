package org.mailpulse.local.cluster;

/** What can be killed. */
enum Victim {
    WORKER,
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER,
    ENGINE,
    COORDINATOR
}
