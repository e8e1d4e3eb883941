package vellum.core.seal;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.AspectKind;
import vellum.core.record.IdentityClass;
import vellum.core.record.Wire;
import vellum.v1.UsageRecord;

/**
 * Turns a row back into a {@link UsageRecord}, with what is sealed clear, masked or absent. The way
 * back of {@link UsageSealer}. Not thread-safe.
 */
public final class UsageOpener {

  private static final long MICROS = 1_000_000;

  private final byte[] plain = new byte[MonthCipher.MAX_PLAIN_BYTES];
  private final Wire wire = new Wire();

  /** Opens an event; the cipher is its month's. */
  public UsageRecord open(SealedRecord event, Identities show, MonthCipher cipher) {
    RowReader row = event.reader();
    UUID id = event.id();
    cipher.record(
        AccountId.of(row.account()).hash(),
        id.getMostSignificantBits(),
        id.getLeastSignificantBits());
    long at = event.startedAtMicros();
    UsageRecord.Builder record =
        UsageRecord.newBuilder()
            .setEventId(id.toString())
            .setAt(
                Timestamp.newBuilder()
                    .setSeconds(Math.floorDiv(at, MICROS))
                    .setNanos((int) Math.floorMod(at, MICROS) * 1000))
            .setAccount(row.account());
    if (!row.next() || row.kind() != AspectKind.USAGE) {
      throw new BrokenRow("row holds no event of the usage log");
    }
    wire.over(row.bytes(), row.fieldsOffset(), row.fieldsLength());
    while (wire.hasMore()) {
      long tag = wire.readVarint();
      int number = (int) (tag >>> 3);
      String text =
          switch ((int) (tag & 7)) {
            case RowFormat.BYTES -> clear();
            case RowFormat.SEALED -> sealed(number, show, cipher);
            default -> throw new BrokenRow("UsageRecord has a field of an unknown type");
          };
      set(record, number, text);
    }
    return record.build();
  }

  private static void set(UsageRecord.Builder record, int number, String text) {
    var field = UsageRecord.getDescriptor().findFieldByNumber(number);
    if (field == null) {
      throw new BrokenRow("UsageRecord has no field " + number);
    }
    if (!text.isEmpty()) {
      record.setField(field, text);
    }
  }

  private String clear() {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    return new String(wire.bytes(), from, length, StandardCharsets.UTF_8);
  }

  private String sealed(int number, Identities show, MonthCipher cipher) {
    int length = wire.readLength();
    IdentityClass identityClass = IdentityClass.of(wire.bytes()[wire.position()]);
    int from = wire.position() + 1;
    wire.skip(length);
    if (show == Identities.ABSENT) {
      return "";
    }
    int path = RowFormat.sealPath(AspectKind.USAGE.id(), 0, number);
    int size = cipher.open(identityClass, path, wire.bytes(), from, length - 1, plain, 0);
    String text = new String(plain, 0, size, StandardCharsets.UTF_8);
    return show == Identities.CLEAR ? text : Mask.of(identityClass, text);
  }
}
