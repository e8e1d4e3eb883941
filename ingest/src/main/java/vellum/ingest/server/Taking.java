package vellum.ingest.server;

import java.util.function.Supplier;
import vellum.core.journal.Journal;
import vellum.core.seal.SealEpochs;
import vellum.v1.AckMode;

/**
 * What a server takes records with. Thread-safe, as its parts are.
 *
 * @param sealers makes one for each event loop
 * @param epochs counts the batches between sealing and the journal's answer
 * @param incarnation of the store, told to clients in Welcome
 * @param ackMode how the journal acknowledges, told to clients in Welcome
 */
public record Taking(
    Journal journal,
    Supplier<RecordSealer> sealers,
    SealEpochs epochs,
    Authenticator authenticator,
    Throttle throttle,
    String incarnation,
    AckMode ackMode) {}
