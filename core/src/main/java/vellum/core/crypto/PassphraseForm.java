package vellum.core.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import vellum.core.disk.Disk;

/**
 * Keys of the provider {@code passphrase}: random, each wrapped under a key that Argon2id (RFC
 * 9106) makes of the passphrase and a salt of its own. Thread-safe; one key takes its memory at a
 * time.
 *
 * <pre>
 *   vellum key-encryption-passphrase 1
 *   id: 16 hex digits            of the key
 *   argon2id: v=19,m=65536,t=3,p=4
 *   salt: 32 hex digits
 *   wrapped: 80 hex digits       the key, wrapped (RFC 3394)
 *   crc32c: 8 hex digits
 * </pre>
 *
 * Costs and salt are inputs of the key that unwraps, and so is the id, as the associated data of
 * Argon2: a file of which any of them was changed opens by no passphrase.
 */
final class PassphraseForm implements KekForm {

  static final String KIND = "key-encryption-passphrase";

  /** A new passphrase has so many characters; an old one was checked when it was new. */
  static final int LEAST_CHARS = 12;

  private static final List<String> LABELS = List.of("id", "argon2id", "salt", "wrapped");
  private static final Pattern COST =
      Pattern.compile("v=19,m=([0-9]{1,9}),t=([0-9]{1,4}),p=([0-9]{1,4})");
  private static final int ID_BYTES = 8;
  private static final int KEY_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int WRAPPED_BYTES = 40;
  private static final HexFormat HEX = HexFormat.of();

  private final Argon2Cost cost;
  private final Disk disk;
  private final SecureRandom random;
  private KekSecret secret;

  /**
   * @param cost of what is made; files that are read say their own
   * @param secret copied
   */
  PassphraseForm(Argon2Cost cost, KekSecret secret, Disk disk, SecureRandom random) {
    this.cost = cost;
    this.secret = secret.copy();
    this.disk = disk;
    this.random = random;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public synchronized KeyEncryption read(Path file) throws IOException {
    List<String> values = KeyText.read(file, KIND, LABELS);
    byte[] id = bytes(file, values.get(0), ID_BYTES);
    byte[] salt = bytes(file, values.get(2), SALT_BYTES);
    byte[] wrapped = bytes(file, values.get(3), WRAPPED_BYTES);
    byte[] over = derive(secret, cost(file, values.get(1)), salt, id);
    try {
      byte[] key =
          AesKeyWrap.unwrap(over, wrapped)
              .orElseThrow(
                  () ->
                      new CryptoException.WrongSecret(
                          "the passphrase does not open " + file + ", or the file was changed"));
      return new FileKeyEncryption(file, disk, values.get(0), key);
    } finally {
      Arrays.fill(over, (byte) 0);
    }
  }

  @Override
  public synchronized void make(Path file) throws IOException {
    requireFit(secret);
    byte[] key = new byte[KEY_BYTES];
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(key);
    random.nextBytes(id);
    try {
      write(file, id, key, secret);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public void end(Path file) {
    // The key is in the file and nowhere else.
  }

  @Override
  public synchronized void change(Path file, KekSecret next) throws IOException {
    requireFit(next);
    FileKeyEncryption current = (FileKeyEncryption) read(file);
    byte[] key = current.key();
    try {
      write(file, HEX.parseHex(current.id()), key, next);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    secret.close();
    secret = next.copy();
  }

  @Override
  public synchronized void close() {
    secret.close();
  }

  private void write(Path file, byte[] id, byte[] key, KekSecret under) throws IOException {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] over = derive(under, cost, salt, id);
    try {
      disk.replace(
          file,
          KeyText.write(
              KIND,
              LABELS,
              List.of(
                  HEX.formatHex(id),
                  "v=19,m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes(),
                  HEX.formatHex(salt),
                  HEX.formatHex(AesKeyWrap.wrap(over, key)))));
    } finally {
      Arrays.fill(over, (byte) 0);
    }
  }

  private static byte[] derive(KekSecret secret, Argon2Cost cost, byte[] salt, byte[] id) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt)
            .withAdditional(("vellum " + KIND + " 1 " + HEX.formatHex(id)).getBytes(US_ASCII))
            .build());
    char[] chars = secret.chars();
    byte[] key = new byte[KEY_BYTES];
    try {
      argon2.generateBytes(chars, key);
      return key;
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static void requireFit(KekSecret secret) {
    if (secret.length() < LEAST_CHARS) {
      throw new CryptoException.UnfitSecret(
          "a new passphrase has " + LEAST_CHARS + " to " + KekSecret.MAX_CHARS + " characters");
    }
  }

  private static Argon2Cost cost(Path file, String text) {
    Matcher cost = COST.matcher(text);
    if (!cost.matches()) {
      throw KeyText.garbled(file, "argon2id must be v=19 with m, t and p");
    }
    try {
      return new Argon2Cost(
          Integer.parseInt(cost.group(1)),
          Integer.parseInt(cost.group(2)),
          Integer.parseInt(cost.group(3)));
    } catch (IllegalArgumentException e) {
      throw KeyText.garbled(file, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] bytes(Path file, String value, int bytes) {
    return KeyText.hex(file, value, bytes, "a value");
  }
}
