package vellum.ingest.importer;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AccountId;
import vellum.core.record.RecordId;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;

/**
 * Completes the header of records read from our own formats. An id comes from {@code record_id} or,
 * when there is none, from {@code foreign_id}: any text that names the record for good in its
 * account, such as another system's message id. The same file then gives the same ids every time.
 * An account that a row leaves out is the one of {@code --account}. Thread-safe.
 */
final class RecordHeader {

  static final String FOREIGN_ID = "foreign_id";

  private final @Nullable String account;

  RecordHeader(@Nullable String account) {
    this.account = account;
  }

  void complete(DetailRecord.Builder record, String foreignId) {
    if (!record.hasStartedAt()) {
      throw missing(BadRowCode.MISSING_TIME, "started_at");
    }
    long millis = Times.millis(record.getStartedAt(), "started_at");
    record.setAccount(account(record.getAccount(), account, "account"));
    if (record.getChannel() == Channel.CHANNEL_UNSPECIFIED) {
      throw missing(BadRowCode.MISSING_CHANNEL, "channel");
    }
    // Retention classes may be chosen by it: the header has it wherever the row tells it.
    if (record.getDirection() == Direction.DIRECTION_UNSPECIFIED && record.hasSubmission()) {
      record.setDirection(record.getSubmission().getDirection());
    }
    if (record.getRecordId().isEmpty()) {
      if (foreignId.isEmpty()) {
        throw new BadRow(
            BadRowCode.MISSING_ID, "record_id", "there is neither record_id nor foreign_id");
      }
      record.setRecordId(RecordId.derived(millis, record.getAccount(), foreignId).toString());
    } else if (!foreignId.isEmpty()) {
      throw new BadRow(BadRowCode.TWO_IDS, FOREIGN_ID, "there is a record_id too");
    } else {
      check(record.getRecordId(), millis);
    }
  }

  /** The account of a row: the option's when it names none. */
  static String account(String named, @Nullable String option, String field) {
    String account = named.isEmpty() && option != null ? option : named;
    if (account.isEmpty()) {
      throw new BadRow(
          BadRowCode.MISSING_ACCOUNT,
          field,
          "the row names no account: say --account (over HTTP: account=)");
    }
    if (account.getBytes(StandardCharsets.UTF_8).length > AccountId.MAX_BYTES) {
      throw new BadRow(
          BadRowCode.BAD_VALUE, field, "longer than " + AccountId.MAX_BYTES + " bytes");
    }
    return account;
  }

  private static void check(String text, long millis) {
    UUID id;
    try {
      id = UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new BadRow(BadRowCode.BAD_ID, "record_id", "not a UUID");
    }
    boolean canonical = text.length() == 36;
    if (!canonical
        || !RecordId.isValid(id.getMostSignificantBits(), id.getLeastSignificantBits())) {
      throw new BadRow(BadRowCode.BAD_ID, "record_id", "not a UUID of version 7 or 8");
    }
    if (RecordId.millis(id) != millis) {
      throw new BadRow(
          BadRowCode.ID_TIME_MISMATCH,
          "record_id",
          "its first 48 bits are not started_at in milliseconds");
    }
  }

  private static BadRow missing(BadRowCode code, String field) {
    return new BadRow(code, field, "the field is missing");
  }
}
