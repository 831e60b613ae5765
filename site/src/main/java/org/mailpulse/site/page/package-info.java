/** From counts to HTML: view models by pure functions, and the templates that show them. */
package org.mailpulse.site.page;
