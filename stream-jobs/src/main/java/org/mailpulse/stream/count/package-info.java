/** Each domain counted once: the newest verdict holds, a replaced one is taken back, sums are exact. */
package org.mailpulse.stream.count;
