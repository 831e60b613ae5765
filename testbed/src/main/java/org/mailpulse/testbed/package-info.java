/**
 * The integration laboratory: real name servers and mail servers and a few nasty peers, on loopback addresses only.
 * {@link org.mailpulse.testbed.MailLab} puts them together with the domains and the rows that a survey of them must give.
 */
package org.mailpulse.testbed;
