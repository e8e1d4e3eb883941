package vellum.core.envelope;

import java.security.SecureRandom;
import org.bouncycastle.cms.PasswordRecipientInformation;
import org.jspecify.annotations.Nullable;

/** A passphrase that seals envelopes and opens them. Immutable, thread-safe. */
public final class Passphrase implements Recipient, OpeningKey {

  public static final int LEAST_CHARS = 16;
  public static final int MOST_CHARS = 128;

  private static final char[] LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final int GROUPS = 7;
  private static final int GROUP_CHARS = 4;

  private final String text;
  private final PassphraseKeys keys;

  private Passphrase(String text) {
    this.text = text;
    this.keys = new PassphraseKeys(text);
  }

  /**
   * A passphrase that somebody chose or was given.
   *
   * @param text 16 to 128 characters of ASCII, no control characters
   * @throws EnvelopeException.BadPassphrase when it is not
   */
  public static Passphrase of(String text) {
    boolean isPrintable = text.chars().allMatch(one -> one >= ' ' && one <= '~');
    if (!isPrintable || text.length() < LEAST_CHARS || text.length() > MOST_CHARS) {
      throw new EnvelopeException.BadPassphrase(LEAST_CHARS, MOST_CHARS);
    }
    return new Passphrase(text);
  }

  /** A new one of 140 random bits: seven groups of four letters and digits. */
  public static Passphrase make(SecureRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS * GROUP_CHARS; i++) {
      if (i > 0 && i % GROUP_CHARS == 0) {
        text.append('-');
      }
      text.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return new Passphrase(text.toString());
  }

  /** The secret, to be shown to whom it is for, once. */
  public String reveal() {
    return text;
  }

  @Override
  public String description() {
    return "passphrase";
  }

  @Override
  public Wrapping wrapping(SecureRandom random) {
    byte[] salt = PassphraseKeys.salt(random);
    return new Wrapping(() -> keys.to(salt, random));
  }

  @Override
  public @Nullable Opening opening(Addressed to) {
    return to.information() instanceof PasswordRecipientInformation ? new Opening(keys) : null;
  }

  @Override
  public String toString() {
    return "Passphrase";
  }
}
