package vellum.ingest.api;

import org.jspecify.annotations.Nullable;

/**
 * What answers about holds, orders and people's requests.
 *
 * @param requests about people's requests; without it, their paths are not there
 */
public record LawfulPorts(@Nullable RequestPorts requests) {}
