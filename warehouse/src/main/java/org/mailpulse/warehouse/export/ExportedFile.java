package org.mailpulse.warehouse.export;

/** @param rows without the header */
public record ExportedFile(String name, long rows) {}
