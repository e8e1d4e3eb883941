package vellum.ingest.api;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import vellum.core.access.AccessCheck;
import vellum.core.access.FailedAttempts;
import vellum.core.audit.Audit;
import vellum.ingest.tls.ServerTls;

/**
 * What the HTTP server of a sealed node needs from outside.
 *
 * @param check finds out who shows a token or a certificate
 * @param attempts wrong secrets, by the names of who gave them
 * @param audit written to before a secret is tried
 * @param health without a status
 * @param workers run the handlers; closed by their owner, after the server
 * @param loops makes the event loop's thread
 * @param tls null: HTTP in clear
 */
public record SealedPorts(
    AccessCheck check,
    UnsealPort unseal,
    FailedAttempts attempts,
    Audit audit,
    HealthPorts health,
    ScheduledExecutorService workers,
    ThreadFactory loops,
    @Nullable ServerTls tls) {

  Front front() {
    return new Front(check, audit, health.meters(), workers, loops, tls);
  }
}
