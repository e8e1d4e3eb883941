package vellum.ingest.api;

import vellum.core.access.AccessCheck;
import vellum.core.access.TokenStore;

/**
 * What tells who asks.
 *
 * @param check finds out who shows a token or a certificate
 * @param tokens made, listed and revoked
 */
public record AccessPorts(AccessCheck check, TokenStore tokens) {}
