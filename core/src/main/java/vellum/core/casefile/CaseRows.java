package vellum.core.casefile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.DocumentCipher;
import vellum.core.record.MonthId;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The tables of case files in the control store, and their rows. What is sealed is sealed under the
 * case's own key. Stateless.
 *
 * <pre>
 *   case-index        8  code                     → head, below
 *   cases             8  code · u32 revision      → u8 format · sealed: revision, below
 *   case-attachments  8  code · name              → u8 format · sealed: bytes
 *   case-state           "copies"                 → empty; copies of destroyed keys are to be ended
 *
 *   head      0  u8   format                        what is clear says when a case began and when
 *             1  u16  year · u8 month of creation   it goes, and not of which kind it is
 *             4  i64  kept until, ms; none while it is open
 *            12       sealed: u8 letter of the kind · i64 created, ms · i64 closed, ms, or none
 *                             · u32 newest revision
 *
 *   revision  0  i64  changed, ms
 *             8  i64  closed, ms, or none
 *            16       document
 * </pre>
 */
final class CaseRows {

  static final Table INDEX = new Table("case-index", CaseId.CODE_CHARS, Shape.SMALL);
  static final Table CASES = new Table("cases", CaseId.CODE_CHARS + Integer.BYTES, Shape.SMALL);
  static final Table ATTACHMENTS = new Table("case-attachments", 0, Shape.SMALL);

  static final Table STATE = new Table("case-state", 0, Shape.SMALL);

  /** Key of the row that is there while copies of destroyed keys are to be ended. */
  static final byte[] COPIES = ascii("copies");

  /** The format written, of every row. */
  static final int FORMAT = 1;

  private static final long NONE = Long.MAX_VALUE;
  private static final int CLEAR_BYTES = 12;
  private static final int HEAD_BYTES = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;
  private static final int REVISION_BYTES = 2 * Long.BYTES;
  private static final byte[] OF_HEAD = ascii("vellum case index 1");
  private static final byte[] OF_REVISION = ascii("vellum case 1");
  private static final byte[] OF_ATTACHMENT = ascii("vellum case attachment 1");

  private CaseRows() {}

  /** What the index knows of a case. */
  record Head(
      CaseId id,
      YearMonth month,
      Instant createdAt,
      Optional<Instant> closedAt,
      Optional<Instant> keepUntil,
      int revision) {

    MonthId key() {
      return keyOf(month, id.code());
    }

    Head revised() {
      return new Head(id, month, createdAt, closedAt, keepUntil, revision + 1);
    }

    Head closed(Instant at, Instant until) {
      return new Head(id, month, createdAt, Optional.of(at), Optional.of(until), revision);
    }
  }

  /** Name of the key of a case, which does not say of which kind it is. */
  static MonthId keyOf(YearMonth month, String code) {
    return MonthId.caseKey(month, code.toLowerCase(Locale.ROOT));
  }

  static byte[] key(String code) {
    return ascii(code);
  }

  static byte[] key(CaseId id, int revision) {
    return ByteBuffer.allocate(CaseId.CODE_CHARS + Integer.BYTES)
        .put(ascii(id.code()))
        .putInt(revision)
        .array();
  }

  static byte[] key(CaseId id, String attachment) {
    return ascii(id.code() + attachment);
  }

  /** First key behind those that begin with a code. */
  static byte[] behind(String code) {
    byte[] end = ascii(code);
    end[end.length - 1]++;
    return end;
  }

  static byte[] write(Head head, DocumentCipher cipher) {
    byte[] clear =
        ByteBuffer.allocate(CLEAR_BYTES)
            .put((byte) FORMAT)
            .putShort((short) head.month().getYear())
            .put((byte) head.month().getMonthValue())
            .putLong(millis(head.keepUntil()))
            .array();
    byte[] plain =
        ByteBuffer.allocate(HEAD_BYTES)
            .put((byte) head.id().kind().letter())
            .putLong(head.createdAt().toEpochMilli())
            .putLong(millis(head.closedAt()))
            .putInt(head.revision())
            .array();
    return joined(clear, cipher.seal(plain, OF_HEAD, ascii(head.id().code()), clear));
  }

  /** Name of the key that a row of the index is sealed under. */
  static MonthId keyOf(byte[] key, byte[] row) {
    String code = code(key);
    checkFormat(row, CLEAR_BYTES);
    ByteBuffer clear = ByteBuffer.wrap(row, 1, 3);
    try {
      return keyOf(YearMonth.of(clear.getShort(), clear.get()), code);
    } catch (RuntimeException e) {
      throw corrupt(e);
    }
  }

  static Head readHead(byte[] key, byte[] row, DocumentCipher cipher) {
    byte[] clear = Arrays.copyOf(row, CLEAR_BYTES);
    byte[] sealed = Arrays.copyOfRange(row, CLEAR_BYTES, row.length);
    String code = code(key);
    ByteBuffer plain = ByteBuffer.wrap(open(cipher, sealed, OF_HEAD, ascii(code), clear));
    CaseKind kind = plain.remaining() == HEAD_BYTES ? CaseKind.of((char) plain.get()) : null;
    if (kind == null) {
      throw corrupt(null);
    }
    ByteBuffer open = ByteBuffer.wrap(clear, 1, CLEAR_BYTES - 1);
    return new Head(
        new CaseId(kind, code),
        YearMonth.of(open.getShort(), open.get()),
        Instant.ofEpochMilli(plain.getLong()),
        instant(plain.getLong()),
        instant(open.getLong()),
        plain.getInt());
  }

  static byte[] write(CaseFile file, DocumentCipher cipher) {
    byte[] plain =
        ByteBuffer.allocate(REVISION_BYTES + file.document().length)
            .putLong(file.changedAt().toEpochMilli())
            .putLong(millis(file.closedAt()))
            .put(file.document())
            .array();
    byte[] sealed =
        cipher.seal(plain, OF_REVISION, ascii(file.id().text()), number(file.revision()));
    Arrays.fill(plain, (byte) 0);
    return joined(new byte[] {FORMAT}, sealed);
  }

  static CaseFile read(Head head, int revision, byte[] row, DocumentCipher cipher) {
    ByteBuffer plain =
        ByteBuffer.wrap(
            open(cipher, body(row), OF_REVISION, ascii(head.id().text()), number(revision)));
    if (plain.remaining() < REVISION_BYTES) {
      throw corrupt(null);
    }
    Instant changed = Instant.ofEpochMilli(plain.getLong());
    Optional<Instant> closed = instant(plain.getLong());
    byte[] document = new byte[plain.remaining()];
    plain.get(document);
    return new CaseFile(head.id(), revision, head.createdAt(), changed, closed, document);
  }

  static byte[] writeAttachment(CaseId id, String name, byte[] bytes, DocumentCipher cipher) {
    byte[] sealed = cipher.seal(bytes, OF_ATTACHMENT, ascii(id.text()), ascii(name));
    return joined(new byte[] {FORMAT}, sealed);
  }

  static byte[] readAttachment(CaseId id, String name, byte[] row, DocumentCipher cipher) {
    return open(cipher, body(row), OF_ATTACHMENT, ascii(id.text()), ascii(name));
  }

  static CaseException.Corrupt corrupt(@Nullable Throwable cause) {
    return new CaseException.Corrupt(
        "a case of the control store is not what was written, or its key is another: restore both"
            + " from one backup",
        cause);
  }

  private static byte[] body(byte[] row) {
    checkFormat(row, 1);
    return Arrays.copyOfRange(row, 1, row.length);
  }

  private static void checkFormat(byte[] row, int least) {
    if (row.length < least) {
      throw corrupt(null);
    }
    if (row[0] > FORMAT) {
      throw new CaseException.TooNew("a case", row[0], FORMAT);
    }
    if (row[0] < FORMAT) {
      throw new CaseException.TooOld("a case", row[0]);
    }
  }

  private static byte[] open(DocumentCipher cipher, byte[] sealed, byte[]... associated) {
    try {
      return cipher.open(sealed, associated);
    } catch (CryptoException.SealBroken e) {
      throw corrupt(e);
    }
  }

  private static long millis(Optional<Instant> instant) {
    return instant.map(Instant::toEpochMilli).orElse(NONE);
  }

  private static Optional<Instant> instant(long millis) {
    return millis == NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String code(byte[] key) {
    return new String(key, StandardCharsets.US_ASCII);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
