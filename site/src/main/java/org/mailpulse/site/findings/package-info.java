/** What a visitor asks for, and the counts that answer it. */
package org.mailpulse.site.findings;
