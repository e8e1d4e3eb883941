package vellum.ingest.api;

import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseCompleteException;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import vellum.core.audit.AuditException;
import vellum.core.log.Event;
import vellum.core.store.StoreException;

/**
 * What failures are to the caller. Those of the program are logged by type and place only: a
 * foreign message may hold a value. Stateless.
 */
final class Faults {

  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private Faults() {}

  /** Whether a failure means that what was asked for is not allowed: then nothing was changed. */
  static boolean isRefusal(RuntimeException failure) {
    Problem problem = Refusals.of(failure);
    return problem != null && problem.status().isClientError();
  }

  /**
   * What an answer that has begun is closed with: its status is gone, so that it is broken off,
   * which is no fault of the server's in its log. One that is, is logged.
   */
  static Throwable brokenOff(Throwable failure) {
    problem(failure);
    return AbortedStreamException.get();
  }

  static Problem problem(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    Problem own = Refusals.of(cause);
    if (own != null) {
      return own;
    } else if (cause instanceof ContentTooLargeException tooLarge) {
      return new Problem(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          "BODY_TOO_LARGE",
          "the body must have at most " + tooLarge.maxContentLength() + " bytes");
    } else if (cause instanceof HttpStatusException refused) {
      return refused(refused.httpStatus());
    } else if (cause instanceof RequestTimeoutException) {
      return unavailable("TIMEOUT", "the answer took too long");
    } else if (cause instanceof AuditException.Unavailable) {
      for (Throwable first : cause.getSuppressed()) {
        log(first);
      }
      return unavailable(
          "AUDIT_UNAVAILABLE",
          "the audit trail cannot be written, so nothing is answered: the disk may be full");
    } else if (cause instanceof ResponseCompleteException
        || cause instanceof StoreException.Closed) {
      return unavailable("STOPPING", "the server is stopping");
    } else if (cause instanceof StoreException store && store.recoverable()) {
      return storeUnavailable();
    } else if (cause instanceof StoreException store) {
      return damaged(store);
    }
    log(cause);
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR, "INTERNAL", "the request failed; the log has the place");
  }

  private static void log(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    LOG.warn(
        Event.REQUEST_FAULT.code(),
        "request failed by {} at {}",
        failure.getClass().getName(),
        trace.length == 0 ? "unknown place" : trace[0]);
  }

  /** A store's message names its directory and the condition, and never a key or a value. */
  private static Problem damaged(StoreException failure) {
    LOG.error(
        Event.STORE_DAMAGED.code(), "request failed, a store is damaged: {}", failure.getMessage());
    return new Problem(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "STORE_DAMAGED",
        failure.getMessage() + "; stop the server, then restore that directory from a backup");
  }

  /** What the HTTP server itself refused. */
  static Problem refused(HttpStatus status) {
    String code =
        status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)
            ? "BODY_TOO_LARGE"
            : status.reasonPhrase().toUpperCase(Locale.ROOT).replace(' ', '_');
    return new Problem(status, code, status.reasonPhrase());
  }

  /** The disk refused to keep what the request needs. */
  static Problem storeUnavailable() {
    return unavailable("STORE_UNAVAILABLE", "the disk refused: it may be full");
  }

  private static Problem unavailable(String code, String detail) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, code, detail);
  }
}
