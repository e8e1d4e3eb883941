package vellum.ingest.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.RequestMac;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * Answers that are kept under their requests' idempotency keys, in the control store, for a day.
 * Keys and requests are there as MACs only. Thread-safe: changes come one after the other.
 *
 * <pre>
 *   answer   key    0  u8   0
 *                   1  16   MAC of who asked and of the key
 *            value  0  u8   format = 1
 *                   1  i64  when it was begun, milliseconds since the epoch
 *                   9  16   MAC of the request
 *                  25  u16  status; 0 while there is no answer
 *                  27  u8   1 a problem, 0 any other JSON
 *                  28       body, deflated (RFC 1950)
 *   age      key    0  u8   1
 *                   1  i64  when it was begun
 *                   9  16   MAC of who asked and of the key; the value is empty
 * </pre>
 */
public final class KeptAnswers {

  public static final Table TABLE = new Table("kept-answers", 0, Table.Shape.SMALL);

  /** How long an answer is kept. */
  static final Duration KEPT = Duration.ofHours(24);

  /** Answers that are kept, at most. */
  static final int MOST = 200_000;

  /** Bytes of an answer, at most. */
  static final int MOST_BYTES = 1 << 20;

  private static final int FORMAT = 1;
  private static final int TIME = 1;
  private static final int REQUEST = TIME + Long.BYTES;
  private static final int STATUS = REQUEST + RequestMac.BYTES;
  private static final int PROBLEM = STATUS + Short.BYTES;
  private static final int BODY = PROBLEM + 1;
  private static final int AGE_NAME = TIME + Long.BYTES;
  private static final byte[] NOTHING = {};

  /** Ages that one change looks at to remove what is too old. */
  private static final int SWEPT = 64;

  private final Store control;
  private final InstantSource clock;
  private int count;

  /**
   * What is kept of a request.
   *
   * @param request its MAC
   * @param status 0 while there is no answer
   */
  record Kept(byte[] request, int status, boolean isProblem, byte[] body) {}

  public KeptAnswers(Store control, InstantSource clock) {
    this.control = control;
    this.clock = clock;
    try (Scan scan = ages(Long.MAX_VALUE)) {
      while (scan.next()) {
        count++;
      }
    }
  }

  private Scan ages(long before) {
    byte[] end = new byte[AGE_NAME];
    end[0] = 1;
    Bytes.putLong(end, TIME, before);
    return control.scan(TABLE, new byte[] {1}, end);
  }

  /** What is kept under a name, unless it is too old; null when nothing is. */
  synchronized @Nullable Kept find(byte[] name) {
    byte[] row = control.get(TABLE, answerKey(name));
    if (row == null || Bytes.getLong(row, TIME) <= oldest()) {
      return null;
    }
    if (row[0] != FORMAT) {
      throw new IllegalStateException("an answer was kept by a newer version: format " + row[0]);
    }
    int status = (row[STATUS] & 0xFF) << 8 | row[STATUS + 1] & 0xFF;
    return new Kept(
        Arrays.copyOfRange(row, REQUEST, STATUS), status, row[PROBLEM] == 1, inflated(row));
  }

  private long oldest() {
    return clock.millis() - KEPT.toMillis();
  }

  /** Whether there is room for one more. */
  synchronized boolean hasRoom() {
    if (count >= MOST) {
      StoreBatch batch = control.batch();
      int swept = sweep(batch);
      control.write(batch);
      count -= swept;
    }
    return count < MOST;
  }

  /**
   * Notes that a request is being answered.
   *
   * @return false when there is no room
   */
  synchronized boolean begin(byte[] name, byte[] request) {
    boolean hasRoom = hasRoom();
    if (hasRoom) {
      keep(name, new Kept(request, 0, false, NOTHING));
    }
    return hasRoom;
  }

  /** Keeps the answer to a request. */
  synchronized void end(byte[] name, Kept kept) {
    keep(name, kept);
  }

  private void keep(byte[] name, Kept kept) {
    StoreBatch batch = control.batch();
    int swept = sweep(batch);
    int removed = remove(batch, name);
    put(batch, name, kept);
    control.write(batch);
    count += 1 - swept - removed;
  }

  /** Forgets a request that was begun and came to nothing. */
  synchronized void forget(byte[] name) {
    StoreBatch batch = control.batch();
    count -= remove(batch, name);
    control.write(batch);
  }

  private void put(StoreBatch batch, byte[] name, Kept kept) {
    long now = clock.millis();
    byte[] body = kept.status == 0 ? NOTHING : deflated(kept.body);
    byte[] row = new byte[BODY + body.length];
    row[0] = FORMAT;
    Bytes.putLong(row, TIME, now);
    System.arraycopy(kept.request, 0, row, REQUEST, RequestMac.BYTES);
    row[STATUS] = (byte) (kept.status >> 8);
    row[STATUS + 1] = (byte) kept.status;
    row[PROBLEM] = (byte) (kept.isProblem ? 1 : 0);
    System.arraycopy(body, 0, row, BODY, body.length);
    batch.put(TABLE, answerKey(name), row);
    batch.put(TABLE, ageKey(now, name), NOTHING);
  }

  /** Removes what is not too old: what is, is swept. Returns how many. */
  private int remove(StoreBatch batch, byte[] name) {
    byte[] row = control.get(TABLE, answerKey(name));
    if (row == null || Bytes.getLong(row, TIME) <= oldest()) {
      return 0;
    }
    batch.delete(TABLE, answerKey(name));
    batch.delete(TABLE, ageKey(Bytes.getLong(row, TIME), name));
    return 1;
  }

  /** Removes some of what is too old; returns how many. */
  private int sweep(StoreBatch batch) {
    int swept = 0;
    try (Scan scan = ages(oldest() + 1)) {
      while (swept < SWEPT && scan.next()) {
        byte[] age = scan.key();
        byte[] name = Arrays.copyOfRange(age, AGE_NAME, age.length);
        byte[] row = control.get(TABLE, answerKey(name));
        // The name may have been used again since.
        if (row != null && Bytes.getLong(row, TIME) == Bytes.getLong(age, TIME)) {
          batch.delete(TABLE, answerKey(name));
        }
        batch.delete(TABLE, age);
        swept++;
      }
    }
    return swept;
  }

  private static byte[] answerKey(byte[] name) {
    byte[] key = new byte[1 + name.length];
    System.arraycopy(name, 0, key, 1, name.length);
    return key;
  }

  private static byte[] ageKey(long millis, byte[] name) {
    byte[] key = new byte[AGE_NAME + name.length];
    key[0] = 1;
    Bytes.putLong(key, TIME, millis);
    System.arraycopy(name, 0, key, AGE_NAME, name.length);
    return key;
  }

  private static byte[] deflated(byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
    return out.toByteArray();
  }

  private static byte[] inflated(byte[] row) {
    if (row.length == BODY) {
      return NOTHING;
    }
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(row, BODY, row.length - BODY))) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("out of memory that was deflated", e);
    }
  }
}
