package vellum.core.retention;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import vellum.core.record.MonthId;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * How far a month is rewritten: up to which row of its archive all is in finished files, and what
 * was counted up to there. Holds no record ids. In the control store as JSON, until the month is
 * verified.
 *
 * @param lastKey of the archive's last row that is in a finished file, in hex
 * @param link of the {@link RowDigest} up to there, in hex
 * @param totals up to there, as {@link Totals#lines}
 * @param complete whether these are all rows
 */
record StripProgress(String lastKey, String link, List<String> totals, boolean complete) {

  static final Table TABLE = new Table("strip-progress", 0, Shape.SMALL);

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] key() {
    return HexFormat.of().parseHex(lastKey);
  }

  byte[] linkBytes() {
    return HexFormat.of().parseHex(link);
  }

  static Optional<StripProgress> find(Store control, MonthId month) {
    byte[] json = control.get(TABLE, name(month));
    try {
      return json == null
          ? Optional.empty()
          : Optional.of(JSON.readValue(json, StripProgress.class));
    } catch (IOException e) {
      throw new UncheckedIOException("progress of the strip of " + month + " cannot be read", e);
    }
  }

  void save(Store control, MonthId month) {
    StoreBatch batch = control.batch();
    try {
      batch.put(TABLE, name(month), JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress of " + month + " cannot be written", e);
    }
    control.write(batch);
  }

  static void delete(StoreBatch batch, MonthId month) {
    batch.delete(TABLE, name(month));
  }

  private static byte[] name(MonthId month) {
    return month.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
