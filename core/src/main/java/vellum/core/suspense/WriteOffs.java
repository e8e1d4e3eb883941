package vellum.core.suspense;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The notes of what was written off, in the control store, for ever: each written before its rows
 * go, and completed by the journal sequence at which they went. One without that was interrupted:
 * its rows are there still, or went as it says. Thread-safe.
 *
 * <pre>
 *   key    0  i64  number of the note, from 1
 *          8  u8   0 the note, 1 its end
 *   value  JSON: at, by, reason, rows, codes, amounts in nanos; of the end journal_sequence
 * </pre>
 */
public final class WriteOffs {

  public static final Table TABLE = new Table("write-offs", 0, Shape.SMALL);

  private static final int KEY_BYTES = Long.BYTES + 1;
  private static final String SEQUENCE = "journal_sequence";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Store control;
  private long last;

  public WriteOffs(Store control) {
    this.control = control;
    all().forEach(note -> last = Math.max(last, note.number()));
  }

  /**
   * A note.
   *
   * @param rows that were written off
   * @param codes how many by each code
   * @param amounts what their ratings charged, in nanos by currency
   * @param journalSequence of the batch with which they went; 0 when that was interrupted
   */
  public record Note(
      long number,
      Instant at,
      String by,
      String reason,
      long rows,
      Map<String, Long> codes,
      Map<String, BigInteger> amounts,
      long journalSequence) {
    public Note {
      codes = Map.copyOf(codes);
      amounts = Map.copyOf(amounts);
    }
  }

  /** Writes the note of rows that are about to go; returns its number. */
  synchronized long begin(Instant at, String by, String reason, SuspenseTotals totals) {
    ObjectNode node = JSON.createObjectNode();
    node.put("at", at.toString()).put("by", by).put("reason", reason).put("rows", totals.rows());
    ObjectNode codes = node.putObject("codes");
    totals.codes().forEach(codes::put);
    ObjectNode amounts = node.putObject("amounts");
    totals.amounts().forEach((currency, nanos) -> amounts.put(currency, nanos.toString()));
    last++;
    put(key(last, 0), node);
    return last;
  }

  /** Completes a note. */
  synchronized void end(long number, long journalSequence) {
    put(key(number, 1), JSON.createObjectNode().put(SEQUENCE, journalSequence));
  }

  private void put(byte[] key, ObjectNode node) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, key, node.toString().getBytes(StandardCharsets.UTF_8));
    control.write(batch);
  }

  private static byte[] key(long number, int part) {
    byte[] key = new byte[KEY_BYTES];
    Bytes.putLong(key, 0, number);
    key[Long.BYTES] = (byte) part;
    return key;
  }

  /** All notes, the oldest first. */
  public List<Note> all() {
    List<Note> notes = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        JsonNode node = parse(scan.value());
        if (scan.key()[Long.BYTES] == 0) {
          notes.add(note(Bytes.getLong(scan.key(), 0), node, 0));
        } else {
          Note note = notes.remove(notes.size() - 1);
          notes.add(ended(note, node.path(SEQUENCE).longValue()));
        }
      }
    }
    return notes;
  }

  private static Note ended(Note note, long sequence) {
    return new Note(
        note.number, note.at, note.by, note.reason, note.rows, note.codes, note.amounts, sequence);
  }

  private static Note note(long number, JsonNode node, long sequence) {
    Map<String, Long> codes = new TreeMap<>();
    node.path("codes").properties().forEach(e -> codes.put(e.getKey(), e.getValue().longValue()));
    Map<String, BigInteger> amounts = new TreeMap<>();
    node.path("amounts")
        .properties()
        .forEach(e -> amounts.put(e.getKey(), new BigInteger(e.getValue().asText())));
    return new Note(
        number,
        Instant.parse(node.path("at").asText()),
        node.path("by").asText(),
        node.path("reason").asText(),
        node.path("rows").longValue(),
        codes,
        amounts,
        sequence);
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(new String(value, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a note of the control store is not JSON", e);
    }
  }
}
