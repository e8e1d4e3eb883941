package vellum.core.envelope;

import java.io.InputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.io.CipherInputStream;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.operator.InputAEADDecryptor;

/**
 * The decryption of one envelope's content. The platform's cipher would hold all of it in memory
 * until the tag was checked; this one gives it out as it goes, and fails at the end. Not
 * thread-safe.
 */
final class GcmOpening implements InputAEADDecryptor {

  private final AlgorithmIdentifier algorithm;
  private final AEADBlockCipher cipher;

  private GcmOpening(AlgorithmIdentifier algorithm, AEADBlockCipher cipher) {
    this.algorithm = algorithm;
    this.cipher = cipher;
  }

  /** With a content's key, which must be of the one algorithm that is written, with a whole tag. */
  static RecipientOperator with(byte[] key, AlgorithmIdentifier algorithm) throws CMSException {
    if (!NISTObjectIdentifiers.id_aes256_GCM.equals(algorithm.getAlgorithm())) {
      throw new CMSException("another algorithm");
    }
    GCMParameters parameters = GCMParameters.getInstance(algorithm.getParameters());
    if (parameters.getIcvLen() != GcmContent.TAG_BYTES
        || parameters.getNonce().length != GcmContent.NONCE_BYTES
        || key.length != GcmContent.KEY_BYTES) {
      throw new CMSException("another tag, nonce or key");
    }
    AEADBlockCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(
        false,
        new AEADParameters(
            new KeyParameter(key), GcmContent.TAG_BYTES * Byte.SIZE, parameters.getNonce()));
    return new RecipientOperator(new GcmOpening(algorithm, cipher));
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return algorithm;
  }

  @Override
  public InputStream getInputStream(InputStream sealed) {
    return new CipherInputStream(sealed, cipher);
  }

  @Override
  public OutputStream getAADStream() {
    return new OutputStream() {
      @Override
      public void write(int one) {
        cipher.processAADByte((byte) one);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        cipher.processAADBytes(bytes, offset, length);
      }
    };
  }

  @Override
  public byte[] getMAC() {
    return cipher.getMac();
  }
}
