package vellum.core.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vellum.core.crypto.NoteKey;
import vellum.core.record.Bytes;

/**
 * A signed note (C2SP signed-note): a text, and who signed it.
 *
 * <pre>
 *   text                        ends with a line feed
 *                               an empty line
 *   — name base64               signature: 4 bytes of the key's id, then 64 (Ed25519)
 * </pre>
 */
record Note(String text, List<Signature> signatures) {

  private static final int MOST_CHARS = 64 * 1024;
  private static final int MOST_SIGNATURES = 64;
  private static final Pattern LINE = Pattern.compile("\u2014 ([^ +]+) ([A-Za-z0-9+/=]+)");

  /** A line of a signature. */
  record Signature(String name, int key, byte[] bytes) {

    boolean isOf(VerifierKey signer) {
      return name.equals(signer.name()) && key == signer.id();
    }
  }

  Note {
    signatures = List.copyOf(signatures);
  }

  /** A text that is signed now. */
  static Note sign(String text, VerifierKey name, NoteKey key) {
    byte[] signature = key.sign(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return new Note(text, List.of(new Signature(name.name(), name.id(), signature)));
  }

  String write() {
    StringBuilder note = new StringBuilder(text).append('\n');
    for (Signature one : signatures) {
      byte[] bytes = new byte[Integer.BYTES + one.bytes().length];
      Bytes.putInt(bytes, 0, one.key());
      System.arraycopy(one.bytes(), 0, bytes, Integer.BYTES, one.bytes().length);
      note.append("\u2014 ")
          .append(one.name())
          .append(' ')
          .append(Base64.getEncoder().encodeToString(bytes))
          .append('\n');
    }
    return note.toString();
  }

  /**
   * The note of a text.
   *
   * @throws AuditException.Unreadable when it is none
   */
  static Note parse(String note) {
    int end = note.lastIndexOf("\n\n");
    boolean isPlain = note.chars().noneMatch(next -> next < ' ' && next != '\n');
    if (end < 0 || note.length() > MOST_CHARS || !isPlain || !note.endsWith("\n")) {
      throw bad();
    }
    List<Signature> signatures = new ArrayList<>();
    for (String line : note.substring(end + 2).split("\n")) {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches() || signatures.size() == MOST_SIGNATURES) {
        throw bad();
      }
      signatures.add(signature(parts.group(1), parts.group(2)));
    }
    return new Note(note.substring(0, end + 1), signatures);
  }

  private static Signature signature(String name, String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length > Integer.BYTES) {
        return new Signature(
            name, Bytes.getInt(bytes, 0), Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw bad();
  }

  private static AuditException.Unreadable bad() {
    return new AuditException.Unreadable("not a signed note");
  }

  /** What the signatures of known keys are worth. */
  enum Trust {
    /** All of them hold, and there is one. */
    SIGNED,
    /** None is of a known key. */
    UNKNOWN,
    /** One is of a known key, and does not hold. */
    BROKEN
  }

  Trust trust(List<VerifierKey> known) {
    Trust trust = Trust.UNKNOWN;
    for (Signature one : signatures) {
      for (VerifierKey key : known) {
        if (one.isOf(key)) {
          if (!key.verifies(text, one.bytes())) {
            return Trust.BROKEN;
          }
          trust = Trust.SIGNED;
        }
      }
    }
    return trust;
  }
}
