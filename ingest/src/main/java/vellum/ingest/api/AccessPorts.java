package vellum.ingest.api;

import java.util.function.LongSupplier;
import vellum.core.access.AccessCheck;
import vellum.core.access.RateLimit;
import vellum.core.access.TokenStore;

/**
 * What tells who asks.
 *
 * @param check finds out who shows a token or a certificate
 * @param tokens made, listed and revoked
 * @param lookups how often each caller may look people up
 * @param nanos a monotonic clock
 */
public record AccessPorts(
    AccessCheck check, TokenStore tokens, RateLimit lookups, LongSupplier nanos) {}
