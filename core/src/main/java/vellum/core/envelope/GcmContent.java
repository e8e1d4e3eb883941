package vellum.core.envelope;

import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.GenericKey;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * The encryption of one envelope's content: AES-256-GCM (RFC 5084) under a key of its own, by the
 * platform's cipher, which uses the processor's instructions. Not thread-safe.
 */
final class GcmContent implements OutputAEADEncryptor {

  static final int TAG_BYTES = 16;
  static final int NONCE_BYTES = 12;
  static final int KEY_BYTES = 32;

  private final byte[] key = new byte[KEY_BYTES];
  private final byte[] tag = new byte[TAG_BYTES];
  private final AlgorithmIdentifier algorithm;
  private final Cipher cipher;

  GcmContent(SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    random.nextBytes(key);
    algorithm =
        new AlgorithmIdentifier(
            NISTObjectIdentifiers.id_aes256_GCM, new GCMParameters(nonce, TAG_BYTES));
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES/GCM", e);
    }
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return algorithm;
  }

  @Override
  public OutputStream getOutputStream(OutputStream to) {
    return new GcmStream(cipher, to, this::end);
  }

  @Override
  public GenericKey getKey() {
    return new GenericKey(algorithm, key.clone());
  }

  @Override
  public OutputStream getAADStream() {
    throw new IllegalStateException("there are no authenticated attributes");
  }

  @Override
  public byte[] getMAC() {
    return tag.clone();
  }

  private void end(byte[] made) {
    System.arraycopy(made, 0, tag, 0, TAG_BYTES);
    Arrays.fill(key, (byte) 0);
  }
}
