package vellum.core.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A passphrase or a PIN in memory: 1 to 1,024 characters that no message repeats. Thread-safe.
 * Whoever made one closes it, which overwrites it; who keeps one takes a {@link #copy}.
 */
public final class KekSecret implements AutoCloseable {

  /** Most characters. */
  public static final int MAX_CHARS = 1024;

  /** So many are read of a stream, line end included: in UTF-8 more than the most characters. */
  private static final int MAX_BYTES = 4 * MAX_CHARS + 3;

  private static final Set<PosixFilePermission> NEVER =
      PosixFilePermissions.fromString("---" + "-wx" + "rwx");

  private final char[] chars;

  private KekSecret(char[] chars) {
    this.chars = chars;
  }

  /**
   * A secret of characters, which are copied: the caller overwrites its own.
   *
   * @throws CryptoException.WrongSecret when it is empty or too long
   */
  public static KekSecret of(char[] chars) {
    if (chars.length == 0 || chars.length > MAX_CHARS) {
      throw new CryptoException.WrongSecret(
          "a passphrase or PIN has 1 to " + MAX_CHARS + " characters");
    }
    return new KekSecret(chars.clone());
  }

  /**
   * The secret in a file: UTF-8, of which one line end at the end does not count. The file may be
   * read by its owner alone, or by the group of this process too when another user owns it, as
   * systemd shows its credentials.
   *
   * @throws CryptoException.KeyExposed when others may read or write it
   * @throws CryptoException.WrongSecret when it is empty, too long or no UTF-8
   * @throws CryptoException.KeyStorageFailed when it cannot be read
   */
  public static KekSecret read(Path file) {
    try {
      requireClosed(file);
      try (InputStream in = Files.newInputStream(file)) {
        return read(in);
      }
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(
          file + " could not be read; check that it is there, and its owner", e);
    }
  }

  /**
   * The secret in a stream, which is read to its end, or to where it is too long: UTF-8, of which
   * one line end at the end does not count.
   *
   * @throws CryptoException.WrongSecret when it is empty, too long or no UTF-8
   */
  public static KekSecret read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES);
    try {
      return decoded(bytes);
    } catch (CharacterCodingException e) {
      throw new CryptoException.WrongSecret("a passphrase or PIN is UTF-8");
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Another one with the same characters, with a life of its own. */
  public synchronized KekSecret copy() {
    return new KekSecret(chars.clone());
  }

  /** The characters, a copy that the caller overwrites. */
  public synchronized char[] chars() {
    return chars.clone();
  }

  int length() {
    return chars.length;
  }

  /** Overwrites the characters; may be repeated. */
  @Override
  public synchronized void close() {
    Arrays.fill(chars, '\0');
  }

  @Override
  public String toString() {
    return "a secret";
  }

  private static KekSecret decoded(byte[] bytes) throws CharacterCodingException {
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end--;
      if (end > 0 && bytes[end - 1] == '\r') {
        end--;
      }
    }
    CharBuffer decoded =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .decode(ByteBuffer.wrap(bytes, 0, end));
    char[] chars = new char[decoded.remaining()];
    decoded.get(chars);
    Arrays.fill(decoded.array(), '\0');
    try {
      return of(chars);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static void requireClosed(Path file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    Set<PosixFilePermission> open = EnumSet.noneOf(PosixFilePermission.class);
    open.addAll(permissions);
    open.retainAll(NEVER);
    boolean own = Files.getOwner(file).getName().equals(System.getProperty("user.name"));
    if (!open.isEmpty() || (own && permissions.contains(PosixFilePermission.GROUP_READ))) {
      throw new CryptoException.KeyExposed(
          file
              + " is open to others than its owner ("
              + PosixFilePermissions.toString(permissions)
              + "): chmod 600 it, and change the secret if somebody may have read it");
    }
  }
}
