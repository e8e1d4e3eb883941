package vellum.core.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.security.auth.login.LoginException;

/**
 * A token of PKCS#11 that somebody logged in to, by the JDK's SunPKCS11. Thread-safe. The provider
 * belongs to this object alone and is never added to {@link Security}: nothing else of the process
 * works on the token.
 *
 * <p>Keys are made of 256 bits, in the token, sensitive and not extractable; a key that is found is
 * taken only if the token does not hand out its value. Each is made by a provider of its own, since
 * SunPKCS11 has the label of what it makes from its configuration: so the label is there with the
 * key, and no crash comes between.
 */
final class Token implements AutoCloseable {

  private static final String BASE = "SunPKCS11";
  private static final String KEYS = "PKCS11";
  private static final int KEY_BITS = 256;

  private final KekSettings.Pkcs11 settings;
  private final KekSecret pin;
  private final Provider provider;
  private final KeyStore keys;

  /** The PIN was refused: it is not tried again, since the token counts. */
  private boolean isRefused;

  private Token(KekSettings.Pkcs11 settings, KekSecret pin, Provider provider, KeyStore keys) {
    this.settings = settings;
    this.pin = pin;
    this.provider = provider;
    this.keys = keys;
  }

  /**
   * Logs in. Tokens count wrong PINs and lock themselves: nothing is tried twice here.
   *
   * @param pin copied
   * @throws CryptoException.WrongSecret when the PIN is wrong
   * @throws CryptoException.TokenFailed when there is no such token, or it refuses
   */
  static Token open(KekSettings.Pkcs11 settings, KekSecret pin) {
    try {
      Provider provider = configured(config(settings));
      Token token = new Token(settings, pin.copy(), provider, KeyStore.getInstance(KEYS, provider));
      token.load();
      return token;
    } catch (GeneralSecurityException | ProviderException | InvalidParameterException e) {
      throw failed(settings.library(), e);
    }
  }

  /** The key of a label, if the token has one. */
  synchronized Optional<SecretKey> find(String label) {
    return working(
        () -> {
          load();
          try {
            if (!(keys.getKey(label, null) instanceof SecretKey key)) {
              return Optional.<SecretKey>empty();
            }
            if (key.getEncoded() != null) {
              throw new CryptoException.KeyExposed(
                  "the key "
                      + label
                      + " can leave its token: it is none that was made here, and is not used");
            }
            return Optional.of(key);
          } catch (GeneralSecurityException e) {
            throw failed(settings.library(), e);
          }
        });
  }

  /** Makes a key, durably as far as the token is. */
  synchronized void generate(String label) {
    working(
        () -> {
          load();
          try {
            KeyGenerator generator =
                KeyGenerator.getInstance("AES", configured(config(settings) + template(label)));
            generator.init(KEY_BITS);
            return generator.generateKey();
          } catch (GeneralSecurityException e) {
            throw failed(settings.library(), e);
          }
        });
    if (find(label).isEmpty()) {
      throw failed(settings.library(), new ProviderException("it made no key " + label));
    }
  }

  /** Destroys the key of a label; absent is fine. */
  synchronized void destroy(String label) {
    working(
        () -> {
          load();
          try {
            if (keys.containsAlias(label)) {
              keys.deleteEntry(label);
            }
            load();
            if (keys.containsAlias(label)) {
              throw new ProviderException("it still has the key " + label);
            }
            return label;
          } catch (GeneralSecurityException e) {
            throw failed(settings.library(), e);
          }
        });
  }

  /** A cipher of one's own. */
  Cipher cipher() {
    try {
      return Cipher.getInstance("AES/ECB/NoPadding", provider);
    } catch (GeneralSecurityException e) {
      throw new ProviderException("the token has no AES/ECB", e);
    }
  }

  /** Does something on the token, whose failures are named. */
  <T> T working(Supplier<T> work) {
    try {
      return work.get();
    } catch (ProviderException e) {
      throw failed(settings.library(), e);
    }
  }

  /** Forgets the PIN and logs out: of the whole process, as PKCS#11 has it. */
  @Override
  public synchronized void close() {
    pin.close();
    try {
      ((AuthProvider) provider).logout();
    } catch (LoginException | ProviderException e) {
      // The process ends, or somebody logs in anew: nothing hangs on it.
    }
  }

  /** Logs in unless that is done, and reads which keys there are. */
  private void load() {
    if (isRefused) {
      throw wrongPin();
    }
    char[] chars = pin.chars();
    try {
      keys.load(null, chars);
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        isRefused = true;
        throw wrongPin();
      }
      throw failed(settings.library(), e);
    } catch (GeneralSecurityException e) {
      throw failed(settings.library(), e);
    } finally {
      Arrays.fill(chars, '\0');
    }
  }

  private static CryptoException.WrongSecret wrongPin() {
    return new CryptoException.WrongSecret(
        "the token does not take this PIN; it may lock itself after some wrong ones");
  }

  private static Provider configured(String config) {
    Provider base = Security.getProvider(BASE);
    if (base == null) {
      throw new ProviderException("this Java has no " + BASE + ": module jdk.crypto.cryptoki");
    }
    return base.configure("--" + config);
  }

  private static String config(KekSettings.Pkcs11 settings) {
    String slot =
        settings.slot() == KekSettings.Pkcs11.FIRST_SLOT
            ? "slotListIndex = 0"
            : "slot = " + settings.slot();
    return """
        name = vellum
        library = %s
        %s
        """
        .formatted(settings.library(), slot);
  }

  private static String template(String label) {
    return """
        attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
          CKA_TOKEN = true
          CKA_PRIVATE = true
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
          CKA_ENCRYPT = true
          CKA_DECRYPT = true
          CKA_WRAP = false
          CKA_UNWRAP = false
          CKA_LABEL = 0h%s
        }
        """
        .formatted(
            HexFormat.of().formatHex(label.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  private static CryptoException.TokenFailed failed(Path library, Exception e) {
    return new CryptoException.TokenFailed("the token of " + library + " refused: " + reason(e), e);
  }

  /** The innermost reason, as {@code CKR_PIN_LOCKED}; PKCS#11 puts no secret into one. */
  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
