/** A survey as plain files, with a data dictionary and checksums. */
package org.mailpulse.warehouse.export;
