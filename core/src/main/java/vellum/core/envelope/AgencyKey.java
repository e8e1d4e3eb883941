package vellum.core.envelope;

import java.io.IOException;
import java.io.StringReader;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/** A receiver's private key, RSA or on an elliptic curve. Immutable, thread-safe. */
public final class AgencyKey implements OpeningKey {

  private final AsymmetricKeyParameter key;
  private final org.bouncycastle.cms.Recipient recipient;

  private AgencyKey(PrivateKeyInfo info, AsymmetricKeyParameter key) {
    this.key = key;
    this.recipient =
        key instanceof ECPrivateKeyParameters point
            ? new EcdhOpening(point, info.getPrivateKeyAlgorithm())
            : OaepKeys.from(key);
  }

  /**
   * Reads a key.
   *
   * @param pem PKCS #8 or what openssl wrote before it, not encrypted
   * @throws EnvelopeException.BadKey when it is none
   */
  public static AgencyKey of(String pem) {
    try {
      PrivateKeyInfo info = info(pem);
      AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
      if (!(key instanceof ECPrivateKeyParameters) && !(key instanceof RSAKeyParameters)) {
        throw new EnvelopeException.BadKey("it is neither RSA nor on an elliptic curve");
      }
      return new AgencyKey(info, key);
    } catch (IOException | IllegalArgumentException e) {
      throw new EnvelopeException.BadKey("it cannot be read");
    }
  }

  private static PrivateKeyInfo info(String pem) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        if (next instanceof PrivateKeyInfo info) {
          return info;
        }
        if (next instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
      }
    }
    throw new EnvelopeException.BadKey("it is no PEM of a private key, or an encrypted one");
  }

  @Override
  public @Nullable Opening opening(Addressed to) {
    boolean fits =
        key instanceof ECPrivateKeyParameters
            ? to.information() instanceof KeyAgreeRecipientInformation
            : to.information() instanceof KeyTransRecipientInformation;
    return fits ? new Opening(recipient) : null;
  }

  @Override
  public String toString() {
    return "AgencyKey";
  }
}
