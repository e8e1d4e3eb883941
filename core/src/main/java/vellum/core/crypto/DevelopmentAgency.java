package vellum.core.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;
import vellum.core.record.Pem;

/**
 * An agency for trying packages out: a key pair and a certificate that it signed itself, valid for
 * a year. Stateless.
 */
public final class DevelopmentAgency {

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int CERTAINTY = 100;
  private static final int RSA_BITS = 3072;
  private static final String COMMON_NAME = "Vellum development agency";

  /** What kind of key it has. */
  public enum Key {
    P_256,
    P_384,
    RSA_3072
  }

  private DevelopmentAgency() {}

  /** A new agency, whose certificate is valid from an instant for a year. */
  public static DevelopmentAuthority.Issued make(Key kind, Instant from, SecureRandom random) {
    return make(
        kind == Key.RSA_3072 ? rsa(RSA_BITS, random) : ec(kind, random), "SHA256", from, random);
  }

  static AsymmetricCipherKeyPair rsa(int bits, SecureRandom random) {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(new RSAKeyGenerationParameters(EXPONENT, random, bits, CERTAINTY));
    return generator.generateKeyPair();
  }

  private static AsymmetricCipherKeyPair ec(Key kind, SecureRandom random) {
    var curve = kind == Key.P_384 ? SECObjectIdentifiers.secp384r1 : SECObjectIdentifiers.secp256r1;
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            new ECNamedDomainParameters(curve, CustomNamedCurves.getByOID(curve)), random));
    return generator.generateKeyPair();
  }

  static DevelopmentAuthority.Issued make(
      AsymmetricCipherKeyPair pair, String digest, Instant from, SecureRandom random) {
    boolean isRsa = pair.getPublic() instanceof org.bouncycastle.crypto.params.RSAKeyParameters;
    X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, COMMON_NAME).build();
    Instant to = from.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    try {
      X509CertificateHolder made =
          new X509v3CertificateBuilder(
                  name,
                  SigningCertificate.serial(random),
                  Asn1Time.of(from),
                  Asn1Time.of(to),
                  name,
                  SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic()))
              .addExtension(
                  Extension.keyUsage,
                  true,
                  new KeyUsage(isRsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement))
              .build(signer(pair, digest, isRsa, random));
      byte[] secret = PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate()).getEncoded();
      return new DevelopmentAuthority.Issued(
          Pem.write(Pem.CERTIFICATE, made.getEncoded()), Pem.write(Pem.PRIVATE_KEY, secret));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be encoded", e);
    }
  }

  private static ContentSigner signer(
      AsymmetricCipherKeyPair pair, String digest, boolean isRsa, SecureRandom random)
      throws OperatorCreationException {
    AlgorithmIdentifier signature =
        new DefaultSignatureAlgorithmIdentifierFinder()
            .find(digest + (isRsa ? "withRSA" : "withECDSA"));
    AlgorithmIdentifier hash = new DefaultDigestAlgorithmIdentifierFinder().find(signature);
    BcContentSignerBuilder builder =
        isRsa
            ? new BcRSAContentSignerBuilder(signature, hash)
            : new BcECContentSignerBuilder(signature, hash);
    return builder.setSecureRandom(random).build(pair.getPrivate());
  }
}
