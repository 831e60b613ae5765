/** The threads and sockets that the simulator's servers share. */
package org.mailpulse.simulator.net;
