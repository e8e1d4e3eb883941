package vellum.core.envelope;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyAgreeRecipient;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.jspecify.annotations.Nullable;

/** The opening of envelopes by a private key on a curve. Thread-safe. */
final class EcdhOpening implements KeyAgreeRecipient {

  private final ECPrivateKeyParameters key;
  private final AlgorithmIdentifier algorithm;

  EcdhOpening(ECPrivateKeyParameters key, AlgorithmIdentifier algorithm) {
    this.key = key;
    this.algorithm = algorithm;
  }

  @Override
  public RecipientOperator getRecipientOperator(
      AlgorithmIdentifier keyAlgorithm,
      AlgorithmIdentifier contentAlgorithm,
      SubjectPublicKeyInfo sender,
      @Nullable ASN1OctetString userKeyingMaterial,
      byte[] wrapped)
      throws CMSException {
    AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(keyAlgorithm.getParameters());
    if (!keyAlgorithm.getAlgorithm().equals(EcdhKeys.agreement(key.getParameters()))
        || !wrap.getAlgorithm().equals(EcdhKeys.WRAP)
        || userKeyingMaterial != null) {
      throw new EnvelopeException.OtherReceiver();
    }
    byte[] content;
    try {
      content =
          EcdhKeys.unwrap(key, (ECPublicKeyParameters) PublicKeyFactory.createKey(sender), wrapped);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new EnvelopeException.OtherReceiver();
    }
    return GcmOpening.with(content, contentAlgorithm);
  }

  @Override
  public AlgorithmIdentifier getPrivateKeyAlgorithmIdentifier() {
    return algorithm;
  }
}
