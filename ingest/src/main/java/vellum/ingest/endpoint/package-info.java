/**
 * A running server as its local callers see it: where it listens and what token it asks for ({@link
 * vellum.ingest.endpoint.Endpoint}), its answers ({@link vellum.ingest.endpoint.ServerCalls}), and
 * a stream of records to it ({@link vellum.ingest.endpoint.RecordUpload}).
 */
@NullMarked
package vellum.ingest.endpoint;

import org.jspecify.annotations.NullMarked;
