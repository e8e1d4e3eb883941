package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.period.FoundRecord;
import vellum.core.record.MonthId;
import vellum.core.seal.ContentSource;
import vellum.core.seal.Identities;
import vellum.core.seal.RecordOpener;
import vellum.core.seal.SealedRecord;
import vellum.core.strip.StrippedOpener;
import vellum.v1.DetailRecord;

/**
 * Records as an answer shows them: opened, identities masked or clear as the caller may see them,
 * or absent where it may not, the month's key is gone or the month is archived, whose records have
 * a reference (their archive key) in place of the id that nobody knows any more; content only with
 * clear identities, while its own key lives. For one answer. Not thread-safe.
 */
final class RecordView {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

  private final KeyRing keys;
  private final ContentSource contents;
  private final Identities wanted;
  private final RecordOpener opener = new RecordOpener();
  private final StrippedOpener strippedOpener = new StrippedOpener();
  private final Map<MonthId, Optional<MonthCipher>> ciphers = new HashMap<>();

  RecordView(KeyRing keys, ContentSource contents, Identities wanted) {
    this.keys = keys;
    this.contents = contents;
    this.wanted = wanted;
  }

  void addAll(ArrayNode array, List<FoundRecord> records) {
    for (FoundRecord record : records) {
      array.add(of(record));
    }
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
      return identities.name().toLowerCase(Locale.ROOT);
    }
  }

  /** One record. */
  ObjectNode of(FoundRecord record) {
    return node(open(record));
  }

  /** One record, not written yet. */
  Opened open(FoundRecord record) {
    if (record instanceof FoundRecord.Stripped stripped) {
      return new Opened(
          record.month(),
          Identities.ABSENT,
          strippedOpener.open(stripped.record(), stripped.id().orElse(null)),
          HexFormat.of().formatHex(stripped.record().key()));
    }
    return open(((FoundRecord.Sealed) record).record());
  }

  private Opened open(SealedRecord record) {
    Optional<MonthCipher> cipher =
        wanted == Identities.ABSENT
            ? Optional.empty()
            : ciphers.computeIfAbsent(record.month(), this::cipher);
    if (cipher.isPresent()) {
      try {
        return open(record, wanted, cipher);
      } catch (CryptoException.KeyDestroyed e) {
        ciphers.put(record.month(), Optional.empty());
      }
    }
    return open(record, Identities.ABSENT, Optional.empty());
  }

  private Opened open(SealedRecord record, Identities shown, Optional<MonthCipher> cipher) {
    DetailRecord opened = opener.open(record, shown, cipher.orElse(null), contents);
    return new Opened(record.month(), shown, opened, "");
  }

  private static ObjectNode node(Opened opened) {
    ObjectNode node =
        Json.object().put("month", opened.month.toString()).put("identities", opened.shown());
    try {
      node.putRawValue("record", new RawValue(PRINTER.print(opened.record)));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the schema has no Any fields, nothing else fails", e);
    }
    return opened.archiveReference.isEmpty()
        ? node
        : node.put("archive_reference", opened.archiveReference);
  }

  private Optional<MonthCipher> cipher(MonthId month) {
    return keys.existing(month).map(MonthKey::newCipher);
  }
}
