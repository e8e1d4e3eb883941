package vellum.ingest.node;

import vellum.core.audit.AuditException;
import vellum.core.crypto.CryptoException;
import vellum.core.store.StoreException;

/** Which failures may pass without a restart: a full disk, above all. Stateless. */
final class Passing {

  private Passing() {}

  static boolean mayPass(Throwable failure) {
    return (failure instanceof StoreException store && store.recoverable())
        || (failure instanceof CryptoException key && key.recoverable())
        || (failure instanceof AuditException audit && audit.recoverable());
  }
}
