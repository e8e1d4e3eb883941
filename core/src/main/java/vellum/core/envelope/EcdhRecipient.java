package vellum.core.envelope;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.KeyAgreeRecipientInfoGenerator;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.GenericKey;
import org.jspecify.annotations.Nullable;

/** The receiver of one envelope who has a key on a curve. Not thread-safe. */
final class EcdhRecipient extends KeyAgreeRecipientInfoGenerator {

  private final X509CertificateHolder certificate;
  private final ECPublicKeyParameters receiver;
  private final ECPrivateKeyParameters own;
  private final SecureRandom random;

  private EcdhRecipient(
      X509CertificateHolder certificate,
      ECPublicKeyParameters receiver,
      ECPrivateKeyParameters own,
      SecureRandom random) {
    super(EcdhKeys.agreement(receiver.getParameters()), info(own), EcdhKeys.WRAP);
    this.certificate = certificate;
    this.receiver = receiver;
    this.own = own;
    this.random = random;
  }

  /** With a new key pair of the sender. */
  static EcdhRecipient to(
      X509CertificateHolder certificate, ECPublicKeyParameters receiver, SecureRandom random) {
    return new EcdhRecipient(certificate, receiver, EcdhKeys.ephemeral(receiver, random), random);
  }

  private static SubjectPublicKeyInfo info(ECPrivateKeyParameters own) {
    try {
      return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
          new ECPublicKeyParameters(
              new org.bouncycastle.math.ec.FixedPointCombMultiplier()
                  .multiply(own.getParameters().getG(), own.getD()),
              own.getParameters()));
    } catch (IOException e) {
      throw new IllegalStateException("a public key could not be encoded", e);
    }
  }

  @Override
  protected ASN1Sequence generateRecipientEncryptedKeys(
      AlgorithmIdentifier agreement, AlgorithmIdentifier wrap, GenericKey contentKey) {
    byte[] key = (byte[]) contentKey.getRepresentation();
    RecipientEncryptedKey wrapped =
        new RecipientEncryptedKey(
            new KeyAgreeRecipientIdentifier(
                new IssuerAndSerialNumber(certificate.toASN1Structure())),
            new DEROctetString(EcdhKeys.wrap(own, receiver, key, random)));
    return new DERSequence(wrapped);
  }

  @Override
  protected byte @Nullable [] getUserKeyingMaterial(AlgorithmIdentifier agreement) {
    return null;
  }
}
