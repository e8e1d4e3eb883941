package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.FoundRecord;
import vellum.core.record.MessageJson;
import vellum.core.record.MonthId;
import vellum.core.record.Output;
import vellum.core.seal.ContentSource;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.StrippedOpener;
import vellum.core.subject.Restrictions;
import vellum.v1.DetailRecord;

/**
 * Records as an answer shows them: opened, identities masked or clear as the caller may see them,
 * or absent where it may not, the month's key is gone or the month is archived, whose records have
 * a reference (their archive key) in place of the id that nobody knows any more; content only with
 * clear identities, while its own key lives. For one answer. Not thread-safe.
 */
final class RecordView {

  private final KeyRing keys;
  private final ContentSource contents;
  private final Identities wanted;
  private final @Nullable Restrictions restrictions;
  private final RecordOpener opener = new RecordOpener();
  private final StrippedOpener strippedOpener = new StrippedOpener();
  private final MessageJson json = MessageJson.ofRecords();
  private final Map<MonthId, Optional<MonthCipher>> ciphers = new HashMap<>();

  /** What the record at hand shows, and how its object begins. */
  private Identities shown = Identities.ABSENT;

  /** Whether it shows less than was asked for, as somebody in it is restricted. */
  private boolean restricted;

  private @Nullable Head head;

  /** How the objects of a month begin. */
  private record Head(MonthId month, Identities shown, boolean restricted, byte[] bytes) {}

  /**
   * @param restrictions who is not shown in clear; null: nobody
   */
  RecordView(
      KeyRing keys,
      ContentSource contents,
      Identities wanted,
      @Nullable Restrictions restrictions) {
    this.keys = keys;
    this.contents = contents;
    this.wanted = wanted;
    this.restrictions = restrictions;
  }

  /**
   * A record that is opened.
   *
   * @param archiveReference of a record of an archived month; empty of any other
   */
  record Opened(
      MonthId month, Identities identities, DetailRecord record, String archiveReference) {

    /** Its identities, as answers say it. */
    String shown() {
      return text(identities);
    }
  }

  private static String text(Identities identities) {
    return identities.name().toLowerCase(Locale.ROOT);
  }

  /** Writes one record as an object that is not ended: more fields, and its end, are to follow. */
  void begin(FoundRecord record, Output out) {
    Output message = encode(record);
    byte[] before = head(record.month()).bytes;
    out.write(before, 0, before.length);
    json.write(message.bytes(), 0, message.size(), out);
    String reference = reference(record);
    if (!reference.isEmpty()) {
      ascii(out, ",\"archive_reference\":\"" + reference + '"');
    }
  }

  private Head head(MonthId month) {
    Head last = head;
    boolean isSame = last != null && last.shown == shown && last.restricted == restricted;
    if (last == null || !isSame || !last.month.equals(month)) {
      String text =
          "{\"month\":\""
              + month
              + "\",\"identities\":\""
              + text(shown)
              + (restricted ? "\",\"restricted\":true" : "\"")
              + ",\"record\":";
      last = new Head(month, shown, restricted, text.getBytes(StandardCharsets.US_ASCII));
      head = last;
    }
    return last;
  }

  static void ascii(Output out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.write(bytes, 0, bytes.length);
  }

  /** One record, as an object of a tree. */
  ObjectNode of(FoundRecord record) {
    Output message = encode(record);
    Output text = new Output(4 * message.size());
    json.write(message.bytes(), 0, message.size(), text);
    ObjectNode node =
        Json.object().put("month", record.month().toString()).put("identities", text(shown));
    if (restricted) {
      node.put("restricted", true);
    }
    node.putRawValue(
        "record", new RawValue(new String(text.bytes(), 0, text.size(), StandardCharsets.UTF_8)));
    String reference = reference(record);
    return reference.isEmpty() ? node : node.put("archive_reference", reference);
  }

  /** One record, not written yet. */
  Opened open(FoundRecord record) {
    DetailRecord opened = RecordOpener.parse(encode(record));
    return new Opened(record.month(), shown, opened, reference(record));
  }

  private static String reference(FoundRecord record) {
    return record instanceof FoundRecord.Stripped stripped
        ? HexFormat.of().formatHex(stripped.record().key())
        : "";
  }

  /** Opens a record in its Protobuf encoding, and notes what it shows. */
  private Output encode(FoundRecord record) {
    restricted = false;
    if (record instanceof FoundRecord.Stripped stripped) {
      shown = Identities.ABSENT;
      return strippedOpener.encode(stripped.record(), stripped.id().orElse(null));
    }
    return encode(((FoundRecord.Sealed) record).record());
  }

  private Output encode(SealedRecord record) {
    Optional<MonthCipher> cipher =
        wanted == Identities.ABSENT
            ? Optional.empty()
            : ciphers.computeIfAbsent(record.month(), this::cipher);
    if (cipher.isPresent()) {
      try {
        shown = wanted;
        Output clear = opener.encode(record, wanted, cipher.get(), contents);
        return isHidden(clear) ? masked(record, cipher.get()) : clear;
      } catch (CryptoException.KeyDestroyed e) {
        ciphers.put(record.month(), Optional.empty());
      }
    }
    shown = Identities.ABSENT;
    return opener.encode(record, Identities.ABSENT, null, contents);
  }

  private boolean isHidden(Output clear) {
    return wanted == Identities.CLEAR
        && restrictions != null
        && !restrictions.isEmpty()
        && restrictions.holds(RecordOpener.parse(clear));
  }

  private Output masked(SealedRecord record, MonthCipher cipher) {
    restricted = true;
    shown = Identities.MASKED;
    return opener.encode(record, Identities.MASKED, cipher, contents);
  }

  private Optional<MonthCipher> cipher(MonthId month) {
    return keys.existing(month).map(MonthKey::newCipher);
  }
}
