package vellum.ingest.node;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.Argon2Cost;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekSecret;
import vellum.core.crypto.KekSettings;

/**
 * Where the key-encryption key comes from. Its file, which each provider has, is {@code
 * node.key_encryption_file}.
 *
 * @param provider {@code file}: random bytes in the file; {@code passphrase}: the same, wrapped
 *     under a passphrase; {@code pkcs11}: a key that cannot leave its token
 * @param secretFile file of the passphrase or PIN, readable by its owner alone, which must be
 *     there; empty: the server starts sealed, and waits for {@code vellum key unseal}
 * @param pkcs11Library the token's shared library, an absolute path; for {@code pkcs11} only
 * @param pkcs11Slot number of the token's slot; empty: the first one that the library has
 * @param pkcs11Label begin of the names that keys get in the token, 1 to 32 characters {@code
 *     [A-Za-z0-9._-]}; vellum
 * @param argon2MemoryBytes memory that Argon2id takes for a moment, 8 KiB a lane to 4 GiB, in whole
 *     KiB; 64 MiB, with the next two the second recommended option of RFC 9106
 * @param argon2Passes 1 to 64; 3
 * @param argon2Lanes 1 to 64; 4
 */
public record KeysConfig(
    KekSettings.Provider provider,
    Path secretFile,
    Path pkcs11Library,
    String pkcs11Slot,
    String pkcs11Label,
    long argon2MemoryBytes,
    int argon2Passes,
    int argon2Lanes) {

  private static final int KIB = 1024;
  private static final int MAX_KIB = 4 << 20;

  public KeysConfig {
    if (!pkcs11Slot.isEmpty() && !isSlot(pkcs11Slot)) {
      throw new IllegalArgumentException(
          "pkcs11Slot must be empty or 0 to " + Integer.MAX_VALUE + ": " + pkcs11Slot);
    }
    // With a library that is good, so that the label is looked at whatever the provider is.
    Path library = isSet(pkcs11Library) ? pkcs11Library : Path.of("/unset");
    new KekSettings.Pkcs11(Path.of("unused"), library, slot(pkcs11Slot), pkcs11Label);
    if (argon2Passes < 1 || argon2Passes > 64) {
      throw new IllegalArgumentException("argon2Passes must be 1 to 64: " + argon2Passes);
    }
    if (argon2Lanes < 1 || argon2Lanes > 64) {
      throw new IllegalArgumentException("argon2Lanes must be 1 to 64: " + argon2Lanes);
    }
    if (argon2MemoryBytes % KIB != 0
        || argon2MemoryBytes < 8L * KIB * argon2Lanes
        || argon2MemoryBytes / KIB > MAX_KIB) {
      throw new IllegalArgumentException(
          "argon2MemoryBytes must be 8 KiB a lane to 4 GiB, in whole KiB: " + argon2MemoryBytes);
    }
    if (provider == KekSettings.Provider.PKCS11 && !isSet(pkcs11Library)) {
      throw new IllegalArgumentException(
          "pkcs11Library must be set with the provider pkcs11: (empty)");
    }
  }

  /** The defaults. */
  public static KeysConfig defaults() {
    Argon2Cost cost = Argon2Cost.RECOMMENDED;
    return new KeysConfig(
        KekSettings.Provider.FILE,
        Path.of(""),
        Path.of(""),
        "",
        "vellum",
        (long) cost.memoryKib() * KIB,
        cost.passes(),
        cost.lanes());
  }

  /** What to open, with the file that the node's settings name. */
  KekSettings settings(Path file) {
    return switch (provider) {
      case FILE -> new KekSettings.File(file);
      case PASSPHRASE ->
          new KekSettings.Passphrase(
              file, new Argon2Cost((int) (argon2MemoryBytes / KIB), argon2Passes, argon2Lanes));
      case PKCS11 -> new KekSettings.Pkcs11(file, pkcs11Library, slot(pkcs11Slot), pkcs11Label);
    };
  }

  /**
   * The secret in the configured file; null when none is named. Whoever takes it closes it.
   *
   * @throws CryptoException when the file cannot be used
   */
  @Nullable KekSecret secret() {
    return isSet(secretFile) ? KekSecret.read(secretFile) : null;
  }

  /**
   * What is wrong with the file of the secret when one is named: a file that is not there is a
   * slip, and no wish to start sealed. A pipe, which can be read once, is left to the start.
   */
  Optional<String> secretProblem() {
    if (!isSet(secretFile)) {
      return Optional.empty();
    }
    if (Files.isDirectory(secretFile)) {
      return Optional.of("keys.secret_file must be a file: " + secretFile);
    }
    if (Files.exists(secretFile) && !Files.isRegularFile(secretFile)) {
      return Optional.empty();
    }
    try {
      KekSecret.read(secretFile).close();
      return Optional.empty();
    } catch (CryptoException e) {
      return Optional.of("keys.secret_file: " + e.getMessage());
    }
  }

  private static boolean isSet(Path path) {
    return !path.toString().isEmpty();
  }

  /** SoftHSM and others number slots by 31 random bits. */
  private static boolean isSlot(String number) {
    return number.matches("[0-9]{1,10}") && Long.parseLong(number) <= Integer.MAX_VALUE;
  }

  private static int slot(String number) {
    return number.isEmpty() ? KekSettings.Pkcs11.FIRST_SLOT : Integer.parseInt(number);
  }
}
