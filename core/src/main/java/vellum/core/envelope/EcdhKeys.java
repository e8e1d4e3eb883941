package vellum.core.envelope;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.Wrapper;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.AESWrapEngine;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.KDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.BigIntegers;

/**
 * Content keys under an elliptic curve: ephemeral-static ECDH, the key derivation of X9.63, AES-256
 * key wrap (RFC 5753). The digest is as strong as the curve.
 */
final class EcdhKeys {

  static final ASN1ObjectIdentifier WRAP = NISTObjectIdentifiers.id_aes256_wrap;

  private static final int KEK_BYTES = 32;
  private static final int P256_BITS = 256;
  private static final int P384_BITS = 384;

  private EcdhKeys() {}

  /** A key pair for one envelope, on the curve of the receiver's key. */
  static ECPrivateKeyParameters ephemeral(ECPublicKeyParameters receiver, SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(receiver.getParameters(), random));
    return (ECPrivateKeyParameters) generator.generateKeyPair().getPrivate();
  }

  /** Name of the agreement that goes with a curve. */
  static ASN1ObjectIdentifier agreement(ECDomainParameters curve) {
    int bits = curve.getCurve().getFieldSize();
    if (bits <= P256_BITS) {
      return SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme;
    }
    return bits <= P384_BITS
        ? SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme
        : SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme;
  }

  private static Digest digest(ASN1ObjectIdentifier agreement) {
    if (agreement.equals(SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme)) {
      return new SHA256Digest();
    }
    return agreement.equals(SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme)
        ? new SHA384Digest()
        : new SHA512Digest();
  }

  static byte[] wrap(
      ECPrivateKeyParameters own, ECPublicKeyParameters other, byte[] key, SecureRandom random) {
    byte[] kek = kek(own, other);
    try {
      Wrapper wrapper = new AESWrapEngine();
      wrapper.init(
          true,
          new org.bouncycastle.crypto.params.ParametersWithRandom(new KeyParameter(kek), random));
      return wrapper.wrap(key, 0, key.length);
    } finally {
      Arrays.fill(kek, (byte) 0);
    }
  }

  static byte[] unwrap(ECPrivateKeyParameters own, ECPublicKeyParameters other, byte[] wrapped) {
    byte[] kek = kek(own, other);
    try {
      Wrapper wrapper = new AESWrapEngine();
      wrapper.init(false, new KeyParameter(kek));
      return wrapper.unwrap(wrapped, 0, wrapped.length);
    } catch (InvalidCipherTextException e) {
      throw new EnvelopeException.OtherReceiver();
    } finally {
      Arrays.fill(kek, (byte) 0);
    }
  }

  private static byte[] kek(ECPrivateKeyParameters own, ECPublicKeyParameters other) {
    ECDHBasicAgreement agreement = new ECDHBasicAgreement();
    agreement.init(own);
    byte[] shared =
        BigIntegers.asUnsignedByteArray(
            agreement.getFieldSize(), agreement.calculateAgreement(other));
    KDF2BytesGenerator derivation = new KDF2BytesGenerator(digest(agreement(own.getParameters())));
    derivation.init(new KDFParameters(shared, sharedInfo()));
    byte[] kek = new byte[KEK_BYTES];
    derivation.generateBytes(kek, 0, KEK_BYTES);
    Arrays.fill(shared, (byte) 0);
    return kek;
  }

  /** RFC 5753 section 7.2: which wrap the key is for, and its bits. */
  private static byte[] sharedInfo() {
    byte[] bits = {0, 0, 1, 0};
    try {
      return new ECCCMSSharedInfo(new AlgorithmIdentifier(WRAP), bits).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("a key derivation's input could not be encoded", e);
    }
  }
}
