/** NSD, Unbound, Postfix and OpenSSL as child processes, each with a folder of its own that goes when it is closed. */
package org.mailpulse.testbed.server;
