package vellum.core.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * The making of a signing key's own certificate: X.509 version 3, self-signed, so that trust in it
 * comes from the hand that exported it and from nowhere else.
 */
final class SigningCertificate {

  private static final int YEARS = 20;
  private static final int SERIAL_BITS = 159;

  private SigningCertificate() {}

  /** A certificate that is valid from an instant, to the second, for 20 years. */
  static X509CertificateHolder make(
      String title,
      ECPrivateKeyParameters key,
      String incarnation,
      Instant from,
      SecureRandom random) {
    X500Name name =
        new X500NameBuilder()
            .addRDN(BCStyle.CN, title)
            .addRDN(BCStyle.SERIALNUMBER, incarnation)
            .build();
    Instant to = from.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
    try {
      SubjectPublicKeyInfo point =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(P256.publicOf(key));
      return new X509v3CertificateBuilder(
              name, serial(random), Asn1Time.of(from), Asn1Time.of(to), name, point)
          .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
          .build(
              new BcECContentSignerBuilder(P256.SIGNATURE, P256.DIGEST)
                  .setSecureRandom(random)
                  .build(key));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be encoded", e);
    }
  }

  /** Positive and at most 20 bytes (RFC 5280 section 4.1.2.2). */
  static BigInteger serial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
  }
}
