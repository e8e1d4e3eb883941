package vellum.ingest.api;

import vellum.core.export.Exports;
import vellum.core.export.RecordSnapshot;
import vellum.core.export.StatementSnapshot;
import vellum.core.export.TotalsSnapshot;

/**
 * What exports are made with.
 *
 * @param sessions those that are being made
 * @param records begins exports of records
 * @param totals begins exports of totals
 * @param statements begins exports of statements
 */
public record ExportPort(
    Exports sessions,
    RecordSnapshot records,
    TotalsSnapshot totals,
    StatementSnapshot statements) {}
