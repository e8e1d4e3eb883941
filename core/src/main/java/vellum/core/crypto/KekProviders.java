package vellum.core.crypto;

import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/** Opens the key-encryption key of whichever provider. Stateless. */
public final class KekProviders {

  private KekProviders() {}

  /**
   * Opens the key, made when there is none, and finishes what a crash cut short of a rotation.
   *
   * @param secret copied; null when there is none
   * @throws CryptoException.Sealed when a secret is needed and none is given
   * @throws CryptoException.WrongSecret when it is not the one
   */
  public static KekProvider open(
      KekSettings settings, @Nullable KekSecret secret, Disk disk, SecureRandom random) {
    if (settings.needsSecret() && secret == null) {
      throw new CryptoException.Sealed(
          "the key-encryption key in "
              + settings.file()
              + " needs its "
              + (settings.provider() == KekSettings.Provider.PKCS11 ? "PIN" : "passphrase")
              + ": vellum key unseal, or keys.secret_file");
    }
    return switch (settings.provider()) {
      case FILE -> KekFiles.open(settings.file(), disk, random);
      case PASSPHRASE, PKCS11 -> throw new UnsupportedOperationException("not yet");
    };
  }
}
