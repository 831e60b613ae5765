/** A year of surveys over the simulated mail internet, for those who have no free port 25 and no year. */
package org.mailpulse.local.demo;
