package vellum.ingest.api;

import java.util.List;
import java.util.Optional;
import vellum.core.rerating.RerateRun;
import vellum.core.rerating.RerateScope;

/** Port: what the HTTP server asks of re-rating. Thread-safe. */
public interface ReratePort {

  /**
   * Begins a run.
   *
   * @param csv the rates
   * @param applies whether records are changed; otherwise what would change is found out
   * @throws vellum.core.rerating.RatesException when the rates are wrong, by line and column
   * @throws vellum.core.rerating.RerateException.Busy while another run is under way
   */
  RerateRun start(byte[] csv, RerateScope scope, boolean applies, String reason);

  /** A run by its id. */
  Optional<RerateRun> run(String id);

  /** The runs that are remembered, newest first. */
  List<RerateRun> runs();
}
