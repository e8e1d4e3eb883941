package vellum.ingest.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import vellum.ingest.tls.ServerTls;

/**
 * What the server needs from outside.
 *
 * @param taking null: nothing is taken, since the server has no key to seal it with; every hello is
 *     answered SEALED
 * @param threads makes the event loops' threads
 * @param tls null: connections are in clear
 */
public record ServerPorts(
    @Nullable Taking taking,
    InstantSource time,
    MeterRegistry meters,
    ThreadFactory threads,
    @Nullable ServerTls tls) {}
