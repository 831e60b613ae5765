package org.mailpulse.stream;

import org.mailpulse.stream.rejudge.RejudgeRequest;

/**
 * What the command line of the job's jar asks for.
 *
 * @param rejudge null: the job that counts day by day
 */
record JobOrder(JobSettings settings, RejudgeRequest rejudge) {}
