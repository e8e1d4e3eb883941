package vellum.ingest.server;

import java.time.InstantSource;
import vellum.core.access.Credentials;
import vellum.core.journal.Journal;
import vellum.v1.FailureCode;

/** What all connections share. Thread-safe, as its parts are. */
record IngestServices(ServerConfig config, ServerPorts ports, IngestStats stats) {

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
    return new Refusal(code, reason, config.retryAfterMs());
  }

  Refusal journalFailed() {
    return later(FailureCode.JOURNAL_FAILED, "the journal takes nothing until a restart");
  }
}
