/**
 * An export as a directory: part files and a manifest ({@link vellum.ingest.export.Manifest}),
 * fetched from a server part by part ({@link vellum.ingest.export.ExportRun}), gone on with when it
 * was broken off, and checked without a server ({@link vellum.ingest.export.ExportCheck}).
 */
@NullMarked
package vellum.ingest.export;

import org.jspecify.annotations.NullMarked;
