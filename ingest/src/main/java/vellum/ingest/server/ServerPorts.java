package vellum.ingest.server;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.Journal;
import vellum.core.seal.SealEpochs;
import vellum.ingest.tls.ServerTls;
import vellum.v1.AckMode;

/**
 * What the server needs from outside.
 *
 * @param sealers makes one for each event loop
 * @param epochs counts the batches between sealing and the journal's answer
 * @param incarnation of the store, told to clients in Welcome
 * @param ackMode how the journal acknowledges, told to clients in Welcome
 * @param threads makes the event loops' threads
 * @param tls null: connections are in clear
 */
public record ServerPorts(
    Journal journal,
    Supplier<RecordSealer> sealers,
    SealEpochs epochs,
    Authenticator authenticator,
    Throttle throttle,
    String incarnation,
    AckMode ackMode,
    InstantSource time,
    MeterRegistry meters,
    ThreadFactory threads,
    @Nullable ServerTls tls) {}
