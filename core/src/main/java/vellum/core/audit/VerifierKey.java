package vellum.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import vellum.core.crypto.NoteKey;
import vellum.core.record.Bytes;
import vellum.core.record.Sha256;

/**
 * A public key that signs notes, under a name (C2SP signed-note): Ed25519, signature type 1. As
 * text {@code name+id+key}, as Go's tools for signed notes spell it: the id in 8 hexadecimal
 * digits, the key in base64 behind the byte of its type.
 *
 * @param name the trail's origin
 * @param publicKey 32 bytes
 */
public record VerifierKey(String name, byte[] publicKey) {

  private static final byte ED25519 = 1;
  private static final Pattern TEXT =
      Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/=]+)");

  public VerifierKey {
    if (!isName(name) || publicKey.length != NoteKey.PUBLIC_BYTES) {
      throw new IllegalArgumentException("a key has a name without spaces, and 32 bytes");
    }
  }

  /** Neither empty, nor with a space or a plus in it. */
  static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(
                point ->
                    point == '+'
                        || Character.isWhitespace(point)
                        || Character.isSpaceChar(point)
                        || Character.isISOControl(point));
  }

  /** The first four bytes of SHA-256 over name, line feed, type and key. */
  int id() {
    MessageDigest digest = Sha256.begin();
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    digest.update(ED25519);
    return Bytes.getInt(digest.digest(publicKey), 0);
  }

  /** What those who verify are given. */
  public String text() {
    byte[] typed = new byte[1 + publicKey.length];
    typed[0] = ED25519;
    System.arraycopy(publicKey, 0, typed, 1, publicKey.length);
    return name + String.format("+%08x+", id()) + Base64.getEncoder().encodeToString(typed);
  }

  /**
   * The key of a text.
   *
   * @throws AuditException.Unreadable when it is none, or is not whole
   */
  public static VerifierKey parse(String text) {
    Matcher parts = TEXT.matcher(text.strip());
    if (parts.matches()) {
      try {
        byte[] typed = Base64.getDecoder().decode(parts.group(3));
        VerifierKey key =
            new VerifierKey(parts.group(1), Arrays.copyOfRange(typed, 1, typed.length));
        if (key.text().equals(text.strip())) {
          return key;
        }
      } catch (IllegalArgumentException e) {
        // Said below.
      }
    }
    throw new AuditException.Unreadable(
        "not a key of a trail: it looks like NAME+1a2b3c4d+BASE64, see: vellum audit key");
  }

  boolean verifies(String text, byte[] signature) {
    return NoteKey.verifies(publicKey, text.getBytes(StandardCharsets.UTF_8), signature);
  }
}
