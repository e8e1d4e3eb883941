package vellum.core.crypto;

import java.nio.file.Path;

/**
 * Which key-encryption key to open. Each provider has a file: the key itself, the key wrapped under
 * a passphrase, or the name of a key in a token. A rotation has others beside it for a while.
 */
public sealed interface KekSettings {

  /** What there is to choose from. */
  enum Provider {
    /** Random bytes in a file. */
    FILE,
    /** Random bytes in a file, wrapped under a key that Argon2id makes of a passphrase. */
    PASSPHRASE,
    /** A key that cannot leave a token of PKCS#11. */
    PKCS11
  }

  /** The file of the key, of an existing directory. */
  Path file();

  Provider provider();

  /** Whether a secret is needed to open the key. */
  default boolean needsSecret() {
    return provider() != Provider.FILE;
  }

  /** Provider {@code file}. */
  record File(Path file) implements KekSettings {
    @Override
    public Provider provider() {
      return Provider.FILE;
    }
  }

  /**
   * Provider {@code passphrase}.
   *
   * @param cost of the keys that are made from now on
   */
  record Passphrase(Path file, Argon2Cost cost) implements KekSettings {
    @Override
    public Provider provider() {
      return Provider.PASSPHRASE;
    }
  }

  /**
   * Provider {@code pkcs11}.
   *
   * @param library the token's shared library, an absolute path of letters, digits and {@code
   *     /._+-}
   * @param slot number of the token's slot, {@link #FIRST_SLOT} for the first that the library has
   * @param label begin of the labels that keys get in the token, 1 to 32 of {@code [A-Za-z0-9._-]}:
   *     behind it come a dash and the key's id
   */
  record Pkcs11(Path file, Path library, int slot, String label) implements KekSettings {

    /** The first slot that the library has. */
    public static final int FIRST_SLOT = -1;

    /** Names in its messages are those of the settings. */
    public Pkcs11 {
      if (!library.isAbsolute() || !library.toString().matches("[A-Za-z0-9/._+-]+")) {
        throw new IllegalArgumentException(
            "pkcs11_library must be an absolute path of [A-Za-z0-9/._+-]: " + library);
      }
      if (slot < FIRST_SLOT) {
        throw new IllegalArgumentException("pkcs11_slot must be 0 or more: " + slot);
      }
      if (!label.matches("[A-Za-z0-9._-]{1,32}")) {
        throw new IllegalArgumentException(
            "pkcs11_label must match [A-Za-z0-9._-]{1,32}: " + label);
      }
    }

    @Override
    public Provider provider() {
      return Provider.PKCS11;
    }
  }
}
