package vellum.ingest.server;

import java.time.InstantSource;
import java.util.function.Supplier;
import vellum.core.access.Credentials;
import vellum.core.journal.Journal;
import vellum.v1.FailureCode;

/**
 * What all connections share. Thread-safe, as its parts are.
 *
 * @param settings as they are now: those that may change while the server runs do, for connections
 *     that come from then on
 */
record IngestServices(Supplier<ServerConfig> settings, ServerPorts ports, IngestStats stats) {

  ServerConfig config() {
    return settings.get();
  }

  Journal journal() {
    return ports.journal();
  }

  Throttle throttle() {
    return ports.throttle();
  }

  InstantSource time() {
    return ports.time();
  }

  Authenticator.Decision decide(String producer, Credentials credentials) {
    return ports.authenticator().authenticate(producer, credentials);
  }

  boolean isOver(Grant grant) {
    return grant.isOver(time().instant());
  }

  Refusal later(FailureCode code, String reason) {
    return new Refusal(code, reason, config().retryAfterMs());
  }

  Refusal journalFailed() {
    return later(FailureCode.JOURNAL_FAILED, "the journal takes nothing until a restart");
  }
}
