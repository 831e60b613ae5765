/** What several vantage points see of one domain or endpoint, before it is counted; surveys from one never come here. */
package org.mailpulse.stream.vantage;
