package vellum.core.apply;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.record.RecordKey;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;

/**
 * The second look at a conflict: whether two aspects of one version say the same although their
 * bytes differ, as when an account's inventory of business senders changed between a message and
 * its retry. Where the month's key is gone, a message that was sealed and its retry that was not
 * say the same when they do without their identities. What is stripped needs no second look: equal
 * contents have equal bytes. Opens both; rare, so not fast. Not thread-safe.
 */
final class SameContent {

  private final RecordOpener opener = new RecordOpener();

  /**
   * Whether every aspect of the message that the row has in the same version says the same.
   *
   * @param comingRow the message's, without what is erased of its record
   */
  boolean isSame(Resolver.Job job, int message, byte[] comingRow, byte[] thereRow) {
    MonthId month = job.month().month();
    MonthCipher cipher = job.cipher();
    if (job.month().owner() != Stage.Owner.LIVE || month.kind() == MonthId.Kind.USAGE) {
      // Of usage nothing but its own bytes decides: no registry has a say in how it is sealed.
      return false;
    }
    Pending pending = job.pending();
    int keyOffset = message * RecordKey.BYTES;
    byte[] key = Arrays.copyOfRange(pending.keys(), keyOffset, keyOffset + RecordKey.BYTES);
    DetailRecord there = open(month, key, thereRow, cipher);
    DetailRecord comes = open(month, key, comingRow, cipher);
    return (comes.getSubmission().getVersion() != there.getSubmission().getVersion()
            || comes.getSubmission().equals(there.getSubmission()))
        && (comes.getDelivery().getVersion() != there.getDelivery().getVersion()
            || comes.getDelivery().equals(there.getDelivery()))
        && (comes.getRating().getVersion() != there.getRating().getVersion()
            || comes.getRating().equals(there.getRating()))
        && comes.getLegsList().stream().allMatch(leg -> isSameLeg(leg, there.getLegsList()));
  }

  private DetailRecord open(MonthId month, byte[] key, byte[] row, @Nullable MonthCipher cipher) {
    Identities shown = cipher == null ? Identities.ABSENT : Identities.CLEAR;
    return opener.open(new SealedRecord(month, key, row), shown, cipher);
  }

  private static boolean isSameLeg(Leg leg, List<Leg> there) {
    return there.stream()
        .filter(
            other -> other.getNumber() == leg.getNumber() && other.getVersion() == leg.getVersion())
        .allMatch(leg::equals);
  }
}
