package vellum.core.disclosure;

import vellum.core.seal.Identities;

/** Counts records as they are added. Not thread-safe. */
final class Tally {

  private long live;
  private long vault;
  private long archive;
  private long withIdentities;

  /** Goes on from counts. */
  Tally(RecordCounts from) {
    this.live = from.live();
    this.vault = from.vault();
    this.archive = from.archive();
    this.withIdentities = from.withIdentities();
  }

  void add(Origin origin) {
    switch (origin.source()) {
      case LIVE -> live++;
      case VAULT -> vault++;
      case ARCHIVE -> archive++;
    }
    if (origin.shown() != Identities.ABSENT) {
      withIdentities++;
    }
  }

  long records() {
    return live + vault + archive;
  }

  RecordCounts counts() {
    return new RecordCounts(live, vault, archive, withIdentities);
  }
}
