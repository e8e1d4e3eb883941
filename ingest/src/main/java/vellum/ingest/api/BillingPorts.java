package vellum.ingest.api;

import org.jspecify.annotations.Nullable;
import vellum.core.suspense.SuspenseDesk;

/**
 * What answers about billing and settlement; without one of them, its paths are not there.
 *
 * @param settlement answers about periods and postings
 * @param rerating takes orders to re-rate
 * @param producers answers about producers
 * @param exports makes exports
 * @param suspense what could not be processed
 */
public record BillingPorts(
    @Nullable SettlementPorts settlement,
    @Nullable ReratePort rerating,
    @Nullable ProducerPort producers,
    @Nullable ExportPort exports,
    @Nullable SuspenseDesk suspense) {

  /** None of them. */
  public static final BillingPorts NONE = new BillingPorts(null, null, null, null, null);
}
