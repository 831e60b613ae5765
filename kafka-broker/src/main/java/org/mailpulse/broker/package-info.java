/** Kafka on one machine: a broker and its controller (KRaft) inside this process, reached over loopback only. */
package org.mailpulse.broker;
