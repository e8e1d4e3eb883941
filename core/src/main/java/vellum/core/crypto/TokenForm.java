package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import vellum.core.disk.Disk;

/**
 * Keys of the provider {@code pkcs11}: made in a token, which they cannot leave. Their files have
 * their names only. Thread-safe.
 *
 * <pre>
 *   vellum key-encryption-token 1
 *   id: 16 hex digits            of the key
 *   label: vellum-(id)           of the key in the token
 *   crc32c: 8 hex digits
 * </pre>
 *
 * The file {@code .making} is there before the key is, so that no start leaves a key in the token
 * of which nobody knows.
 */
final class TokenForm implements KekForm {

  static final String KIND = "key-encryption-token";

  private static final List<String> LABELS = List.of("id", "label");
  private static final int ID_BYTES = 8;

  private final Token token;
  private final String label;
  private final Disk disk;
  private final SecureRandom random;

  TokenForm(Token token, String label, Disk disk, SecureRandom random) {
    this.token = token;
    this.label = label;
    this.disk = disk;
    this.random = random;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public KeyEncryption read(Path file) throws IOException {
    List<String> values = KeyText.read(file, KIND, LABELS);
    return token
        .find(values.get(1))
        .map(key -> new TokenKeyEncryption(values.get(0), values.get(1), key, token))
        .orElseThrow(
            () ->
                new CryptoException.KeyEncryptionMissing(
                    "the token has no key "
                        + values.get(1)
                        + ", which "
                        + file
                        + " names: connect the token that has it, or restore a backup of the keys"));
  }

  @Override
  public void make(Path file) throws IOException {
    Path making = KekForm.making(file);
    if (Files.exists(making)) {
      end(making);
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String hex = HexFormat.of().formatHex(id);
    String name = label + "-" + hex;
    disk.replace(making, KeyText.write(KIND, LABELS, List.of(hex, name)));
    token.generate(name);
    Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
    disk.forceDirectory(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  @Override
  public void end(Path file) throws IOException {
    token.destroy(KeyText.read(file, KIND, LABELS).get(1));
  }

  @Override
  public void change(Path file, KekSecret secret) {
    throw new CryptoException.WrongSecret(
        "a token's PIN is changed by the token's own program; then start with the new one");
  }

  @Override
  public void close() {
    token.close();
  }
}
