package vellum.core.envelope;

import java.security.SecureRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.KeyTransRecipient;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.RecipientOperator;
import org.bouncycastle.cms.bc.BcKeyTransRecipientInfoGenerator;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.operator.bc.BcAsymmetricKeyWrapper;

/** Content keys under RSA: RSAES-OAEP with SHA-256 in both places (RFC 8017, RFC 3560). */
final class OaepKeys {

  private static final AlgorithmIdentifier SHA_256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE);

  private static final AlgorithmIdentifier OAEP =
      new AlgorithmIdentifier(
          PKCSObjectIdentifiers.id_RSAES_OAEP,
          new RSAESOAEPparams(
              SHA_256,
              new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, SHA_256),
              RSAESOAEPparams.DEFAULT_P_SOURCE_ALGORITHM));

  private OaepKeys() {}

  private static AsymmetricBlockCipher cipher() {
    return new OAEPEncoding(new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), null);
  }

  static RecipientInfoGenerator to(
      X509CertificateHolder certificate, AsymmetricKeyParameter key, SecureRandom random) {
    BcAsymmetricKeyWrapper wrapper =
        new BcAsymmetricKeyWrapper(OAEP, key) {
          @Override
          protected AsymmetricBlockCipher createAsymmetricWrapper(ASN1ObjectIdentifier algorithm) {
            return cipher();
          }
        };
    return new BcKeyTransRecipientInfoGenerator(certificate, wrapper.setSecureRandom(random)) {};
  }

  static KeyTransRecipient from(AsymmetricKeyParameter key) {
    return (keyAlgorithm, contentAlgorithm, wrapped) ->
        operator(key, keyAlgorithm, contentAlgorithm, wrapped);
  }

  private static RecipientOperator operator(
      AsymmetricKeyParameter key,
      AlgorithmIdentifier keyAlgorithm,
      AlgorithmIdentifier contentAlgorithm,
      byte[] wrapped)
      throws CMSException {
    if (!OAEP.equals(keyAlgorithm)) {
      throw new CMSException("another wrapping of the key");
    }
    AsymmetricBlockCipher cipher = cipher();
    cipher.init(false, key);
    byte[] content;
    try {
      content = cipher.processBlock(wrapped, 0, wrapped.length);
    } catch (InvalidCipherTextException | RuntimeException e) {
      throw new EnvelopeException.OtherReceiver();
    }
    return GcmOpening.with(content, contentAlgorithm);
  }
}
