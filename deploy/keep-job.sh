#!/bin/sh
# Keeps the statistics job on a Flink session cluster: hands it in where it does not run, from its newest checkpoint.
# Without any checkpoint the job reads the topics from their beginning, and comes to the same tables.
#
#   keep-job.sh OPTIONS-OF-THE-JOB...      see: flink run mailpulse-stream-jobs.jar --help
#
# Settings: JOBMANAGER (HOST:PORT), CHECKPOINTS (folder), JOB_JAR, LOOK_EVERY (seconds).
set -u

jobmanager=${JOBMANAGER:-jobmanager:8081}
checkpoints=${CHECKPOINTS:-/checkpoints}
jar=${JOB_JAR:-/opt/mailpulse/mailpulse-stream-jobs.jar}
name=mailpulse-survey-statistics

newest_checkpoint() {
    # Flink writes _metadata last: where it is, the checkpoint is whole.
    metadata=$(ls -t "$checkpoints"/layout-2-method-2/*/chk-*/_metadata 2>/dev/null | head -n 1)
    [ -z "$metadata" ] || echo "file://$(dirname "$metadata")"
}

submit() {
    checkpoint=$(newest_checkpoint)
    if [ -n "$checkpoint" ]; then
        echo "keep-job: handing in $name, from $checkpoint"
        set -- "$@" --restore-from "$checkpoint"
    else
        echo "keep-job: handing in $name, from the beginning of the topics"
    fi
    flink run --detached --jobmanager "$jobmanager" "$jar" "$@" || echo "keep-job: that failed; trying again" >&2
}

trap 'exit 0' TERM INT
while :; do
    # Tells the running and the scheduled ones. While the JobManager is away nothing is known, so nothing is done.
    if jobs=$(flink list --jobmanager "$jobmanager" 2>&1); then
        case $jobs in
            *"$name"*) ;;
            *) submit "$@" ;;
        esac
    else
        echo "keep-job: no answer from $jobmanager" >&2
    fi
    sleep "${LOOK_EVERY:-30}" &
    wait $!
done
