package vellum.ingest.api;

import java.util.Optional;
import java.util.function.Function;
import vellum.core.casefile.CaseId;
import vellum.core.order.DisclosureJournal;
import vellum.core.order.OrderDesk;
import vellum.core.order.OrderWorker;
import vellum.core.order.Packages;

/**
 * What answers about orders.
 *
 * @param progress of a run that is under way
 * @param signer certificate of the key that signs packages, in PEM
 */
public record OrderPorts(
    OrderDesk desk,
    Function<CaseId, Optional<OrderWorker.Progress>> progress,
    Packages packages,
    DisclosureJournal journal,
    String signer) {}
