/** Good manners: whom we may ask, how many at once, and how soon again. */
package org.mailpulse.probe.pace;
