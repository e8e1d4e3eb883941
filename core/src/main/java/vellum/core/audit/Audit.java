package vellum.core.audit;

/**
 * Where entries go before what they are about is answered: no audit write, no answer. Thread-safe.
 */
@FunctionalInterface
public interface Audit {

  /**
   * Writes an entry; when this returns, it is durable.
   *
   * @return its number
   * @throws AuditException.Unavailable when it is not written: then nothing may be answered
   */
  long record(Content content);
}
