package vellum.core.envelope;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.bc.BcPasswordRecipientInfoGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.RFC3211WrapEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/**
 * Content keys under a passphrase: PBKDF2 with HMAC-SHA256 (RFC 8018), the password wrap of RFC
 * 3211 with AES-256. The envelopes of one package share their salt, so that the slow derivation is
 * done once for all. Thread-safe.
 */
final class PassphraseKeys implements PasswordRecipient {

  /** What OWASP asked for of PBKDF2 with SHA-256 in 2023. */
  static final int ROUNDS = 600_000;

  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT_BYTES = 20;
  private static final int MOST_DERIVED = 64;

  private final String text;
  private final Map<AlgorithmIdentifier, byte[]> derived = new ConcurrentHashMap<>();

  PassphraseKeys(String text) {
    this.text = text;
  }

  static byte[] salt(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return salt;
  }

  /** The receiver of one envelope. */
  RecipientInfoGenerator to(byte[] salt, SecureRandom random) {
    return new BcPasswordRecipientInfoGenerator(
        NISTObjectIdentifiers.id_aes256_CBC, text.toCharArray()) {
      @Override
      protected byte[] calculateDerivedKey(int scheme, AlgorithmIdentifier by, int bits)
          throws CMSException {
        return PassphraseKeys.this.calculateDerivedKey(scheme, by, bits);
      }
    }.setPRF(PRF.HMacSHA256).setSaltAndIterationCount(salt, ROUNDS).setSecureRandom(random);
  }

  @Override
  public byte[] calculateDerivedKey(int scheme, AlgorithmIdentifier by, int bits)
      throws CMSException {
    byte[] known = derived.get(by);
    if (known != null && known.length == bits / Byte.SIZE) {
      return known.clone();
    }
    if (!PKCSObjectIdentifiers.id_PBKDF2.equals(by.getAlgorithm())) {
      throw new CMSException("another derivation of the key");
    }
    PBKDF2Params parameters = PBKDF2Params.getInstance(by.getParameters());
    boolean isSha256 =
        PKCSObjectIdentifiers.id_hmacWithSHA256.equals(parameters.getPrf().getAlgorithm());
    int rounds = parameters.getIterationCount().intValueExact();
    if (!isSha256 || rounds < 1 || rounds > MOST_ROUNDS) {
      throw new CMSException("another derivation of the key");
    }
    byte[] key = derive(parameters.getSalt(), rounds, bits);
    if (derived.size() < MOST_DERIVED) {
      derived.put(by, key.clone());
    }
    return key;
  }

  private byte[] derive(byte[] salt, int rounds, int bits) {
    PBEKeySpec spec = new PBEKeySpec(text.toCharArray(), salt, rounds, bits);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }

  @Override
  public RecipientOperator getRecipientOperator(
      AlgorithmIdentifier wrap, AlgorithmIdentifier content, byte[] derivedKey, byte[] wrapped)
      throws CMSException {
    if (!NISTObjectIdentifiers.id_aes256_CBC.equals(wrap.getAlgorithm())) {
      throw new CMSException("another wrapping of the key");
    }
    byte[] start = ASN1OctetString.getInstance(wrap.getParameters()).getOctets();
    RFC3211WrapEngine engine = new RFC3211WrapEngine(AESEngine.newInstance());
    engine.init(false, new ParametersWithIV(new KeyParameter(derivedKey), start));
    byte[] key;
    try {
      key = engine.unwrap(wrapped, 0, wrapped.length);
    } catch (InvalidCipherTextException e) {
      throw new EnvelopeException.OtherReceiver();
    } finally {
      Arrays.fill(derivedKey, (byte) 0);
    }
    return GcmOpening.with(key, content);
  }

  @Override
  public int getPasswordConversionScheme() {
    return PKCS5_SCHEME2_UTF8;
  }

  @Override
  public char[] getPassword() {
    return text.toCharArray();
  }
}
