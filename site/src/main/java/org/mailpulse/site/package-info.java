/** The page: an HTTP server that shows what the warehouse holds. */
package org.mailpulse.site;
