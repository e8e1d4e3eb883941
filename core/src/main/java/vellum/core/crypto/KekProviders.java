package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import vellum.core.disk.Disk;

/** Opens the key-encryption key of whichever provider. Stateless. */
public final class KekProviders {

  private KekProviders() {}

  /**
   * Opens the key, made when there is none, and finishes what a crash cut short of a rotation. A
   * key of another provider is read where that needs no other secret, and then a rotation is begun:
   * from {@code file} to any, with a passphrase from {@code passphrase} to {@code file}.
   *
   * @param secret copied; null when there is none
   * @throws CryptoException.Sealed when a secret is needed and none is given
   * @throws CryptoException.WrongSecret when it is not the one
   */
  public static KekProvider open(
      KekSettings settings, @Nullable KekSecret secret, Disk disk, SecureRandom random) {
    KekForms forms = forms(settings, secret, disk, random);
    try {
      return KekFiles.open(settings.file(), forms, disk);
    } catch (RuntimeException e) {
      forms.close();
      throw e;
    }
  }

  /**
   * Whether {@link #open} would make a key of this provider: there is none yet, or the one that is
   * there is another provider's. Then a passphrase is checked against nothing: whatever is given
   * opens the key from then on.
   */
  public static boolean makesKey(KekSettings settings) {
    Path file = settings.file().toAbsolutePath();
    Path next = KekFiles.next(file);
    Path newest = Files.exists(next) ? next : file;
    try {
      String kind = Files.exists(newest) ? KeyText.kind(newest) : "none";
      // What is no key's file is damaged: opening says so.
      return !kind.isEmpty() && !kind.equals(kind(settings.provider()));
    } catch (IOException e) {
      throw new CryptoException.KeyStorageFailed(newest + " could not be read", e);
    }
  }

  private static String kind(KekSettings.Provider provider) {
    return switch (provider) {
      case FILE -> FileKeyEncryption.KIND;
      case PASSPHRASE -> PassphraseForm.KIND;
      case PKCS11 -> TokenForm.KIND;
    };
  }

  private static KekForms forms(
      KekSettings settings, @Nullable KekSecret secret, Disk disk, SecureRandom random) {
    FileForm plain = new FileForm(disk, random);
    if (settings instanceof KekSettings.Passphrase passphrase) {
      KekSecret given = given(secret, settings, "passphrase");
      return new KekForms(new PassphraseForm(passphrase.cost(), given, disk, random), plain);
    }
    if (settings instanceof KekSettings.Pkcs11 pkcs11) {
      Token token = Token.open(pkcs11, given(secret, settings, "PIN"));
      return new KekForms(new TokenForm(token, pkcs11.label(), disk, random), plain);
    }
    return secret == null
        ? new KekForms(plain)
        : new KekForms(plain, new PassphraseForm(Argon2Cost.RECOMMENDED, secret, disk, random));
  }

  private static KekSecret given(@Nullable KekSecret secret, KekSettings settings, String what) {
    if (secret == null) {
      throw new CryptoException.Sealed(
          "the key-encryption key of "
              + settings.file()
              + " needs its "
              + what
              + ": vellum key unseal, or keys.secret_file");
    }
    return secret;
  }
}
