package vellum.core.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.util.BigIntegers;

/** Keys of ECDSA over P-256 with SHA-256 (FIPS 186-5, RFC 5758). */
final class P256 {

  static final int SCALAR_BYTES = 32;

  static final AlgorithmIdentifier SIGNATURE =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  static final AlgorithmIdentifier DIGEST =
      new DefaultDigestAlgorithmIdentifierFinder().find("SHA-256");

  private static final ECNamedDomainParameters CURVE =
      new ECNamedDomainParameters(
          SECObjectIdentifiers.secp256r1,
          CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

  private P256() {}

  static ECPrivateKeyParameters generate(SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(CURVE, random));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    return (ECPrivateKeyParameters) pair.getPrivate();
  }

  static ECPublicKeyParameters publicOf(ECPrivateKeyParameters key) {
    return new ECPublicKeyParameters(
        new FixedPointCombMultiplier().multiply(CURVE.getG(), key.getD()), CURVE);
  }

  static byte[] scalar(ECPrivateKeyParameters key) {
    return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, key.getD());
  }

  /** The key of a scalar, which must be in the range of the curve. */
  static ECPrivateKeyParameters key(byte[] scalar) {
    return new ECPrivateKeyParameters(new BigInteger(1, scalar), CURVE);
  }
}
