/** What servers present and negotiate: certificates by plan, and TLS contexts that are made when first asked for. */
package org.mailpulse.simulator.tls;
