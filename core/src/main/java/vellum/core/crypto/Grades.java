package vellum.core.crypto;

import java.util.HashSet;
import java.util.Set;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.record.MonthId;

/** What the destruction of each month's key is worth, as its file says. Not thread-safe. */
final class Grades {

  private final Set<MonthId> hardware = new HashSet<>();

  /** Notes it of a file that is, or is about to be, the key's; returns the file. */
  KeyFile noted(KeyFile file) {
    if (file.erasure() == Erasure.HARDWARE) {
      hardware.add(file.month());
    } else {
      hardware.remove(file.month());
    }
    return file;
  }

  Erasure of(MonthId month) {
    return hardware.contains(month) ? Erasure.HARDWARE : Erasure.LOGICAL;
  }
}
