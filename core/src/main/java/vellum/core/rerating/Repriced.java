package vellum.core.rerating;

import vellum.core.period.FoundRecord;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.NewRating;

/** A record and its other price. */
record Repriced(FoundRecord record, NewRating rating) {

  static byte[] key(FoundRecord found) {
    return found instanceof FoundRecord.Sealed sealed
        ? sealed.record().key()
        : ((FoundRecord.Stripped) found).record().key();
  }

  void addTo(BatchSealer sealer) {
    sealer.rate(record.month(), key(record), record.row(), record.startedAtMicros(), rating);
  }
}
