package vellum.ingest.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import vellum.core.apply.GapStore;
import vellum.core.journal.StreamProgress;

/**
 * Answers about producers.
 *
 * @param gaps in their sequences
 * @param streams how far each stream has come, soon
 */
public record ProducerPort(
    GapStore gaps, Supplier<CompletableFuture<List<StreamProgress>>> streams) {}
