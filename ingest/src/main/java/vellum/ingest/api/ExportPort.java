package vellum.ingest.api;

import vellum.core.export.Exports;
import vellum.core.export.RecordSnapshot;

/**
 * What exports are made with.
 *
 * @param sessions those that are being made
 * @param records begins exports of records
 */
public record ExportPort(Exports sessions, RecordSnapshot records) {}
