package vellum.ingest.server;

import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Credentials;
import vellum.core.journal.Journal;
import vellum.v1.FailureCode;
import vellum.v1.Hello;

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

  /** What records are taken with: for connections whose hello {@link #check} let through. */
  Taking taking() {
    return Objects.requireNonNull(ports.taking(), "a sealed server opens no stream");
  }

  Journal journal() {
    return taking().journal();
  }

  Throttle throttle() {
    return taking().throttle();
  }

  InstantSource time() {
    return ports.time();
  }

  /** Why a hello opens no stream, whoever says it; null when it may. */
  @Nullable Refusal check(Hello hello) {
    Refusal bad = Handshake.check(hello);
    if (bad != null || ports.taking() != null) {
      return bad;
    }
    return later(FailureCode.SEALED, "the server waits for the secret of its keys");
  }

  Authenticator.Decision decide(String producer, Credentials credentials) {
    return taking().authenticator().authenticate(producer, credentials);
  }

  boolean isOver(Grant grant) {
    return grant.isOver(time().instant());
  }

  /**
   * The answer to who is let in no more: whose certificate has ended may come back with another.
   */
  Refusal refusal(@Nullable Grant before, Authenticator.Refused refused) {
    return before != null && before.isCertified() && isOver(before)
        ? before.over()
        : new Refusal(FailureCode.BAD_TOKEN, refused.reason(), refused.retryAfterMs());
  }

  Refusal later(FailureCode code, String reason) {
    return new Refusal(code, reason, config().retryAfterMs());
  }

  Refusal journalFailed() {
    return later(FailureCode.JOURNAL_FAILED, "the journal takes nothing until a restart");
  }
}
