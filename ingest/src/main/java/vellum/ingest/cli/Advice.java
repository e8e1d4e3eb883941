package vellum.ingest.cli;

import vellum.core.journal.JournalException;
import vellum.core.registry.RegistryException;
import vellum.core.store.StoreException;

/** What to do next about a failure whose message says what happened only. Stateless. */
final class Advice {

  private static final String NEWER = "; start the version of vellum that wrote it";

  private Advice() {}

  /** The end of the line, or empty where the message says it already. */
  static String on(Throwable failure) {
    if (failure instanceof JournalException journal) {
      return onJournal(journal);
    }
    if (failure instanceof StoreException store) {
      return onStore(store);
    }
    if (failure instanceof RegistryException.Corrupt) {
      return "; restore control/ from a backup";
    }
    return failure instanceof RegistryException.WrongFormat ? NEWER : "";
  }

  private static String onJournal(JournalException failure) {
    if (failure instanceof JournalException.Corrupt) {
      return "; the journal is damaged: restore journal/ from a backup, remove nothing from it";
    }
    if (failure instanceof JournalException.WrongFormat) {
      return NEWER;
    }
    return failure.recoverable() ? "; check the disk, then start again" : "";
  }

  private static String onStore(StoreException failure) {
    if (failure instanceof StoreException.Corrupt) {
      return "; restore that directory from a backup";
    }
    if (failure instanceof StoreException.WrongFormat) {
      return "; restore that directory from a backup, or start the version of vellum that wrote it";
    }
    return failure.recoverable() ? "; check free space and permissions, then start again" : "";
  }
}
