package vellum.core.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.bc.BcX509ExtensionUtils;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import vellum.core.record.Pem;

/**
 * An authority for trying TLS out: ECDSA over P-256, valid for a year as all that it issues is. Its
 * own key stays in memory, so that nobody can issue more once it is forgotten. Not thread-safe.
 */
public final class DevelopmentAuthority {

  private static final int MAX_NAMES = 64;
  private static final int MAX_NAME_CHARS = 255;

  private final ECPrivateKeyParameters key;
  private final X509CertificateHolder certificate;
  private final Instant from;
  private final SecureRandom random;

  /**
   * A certificate and its private key.
   *
   * @param certificate X.509 in PEM
   * @param key PKCS #8 in PEM, not encrypted; not to be logged
   */
  public record Issued(String certificate, String key) {
    @Override
    public String toString() {
      return "Issued[certificate and key]";
    }
  }

  private DevelopmentAuthority(Instant from, SecureRandom random) {
    this.from = from;
    this.random = random;
    this.key = P256.generate(random);
    X500Name name = name("Vellum development authority");
    this.certificate = make(name, name, key, Purpose.AUTHORITY, List.of());
  }

  /** What a certificate is for. */
  private enum Purpose {
    AUTHORITY,
    SERVER,
    CLIENT
  }

  /** A new authority, and with it all that it issues, valid from an instant for a year. */
  public static DevelopmentAuthority make(Instant from, SecureRandom random) {
    return new DevelopmentAuthority(from, random);
  }

  /** Its certificate in PEM: what both sides are told to trust. */
  public String certificate() {
    return Pem.write(Pem.CERTIFICATE, encoded(certificate));
  }

  /**
   * A server's certificate.
   *
   * @param names host names and IP addresses by which clients will call it, 1 to 64
   */
  public Issued server(List<String> names) {
    return issue(names.get(0), Purpose.SERVER, names);
  }

  /**
   * A client's certificate.
   *
   * @param name for people
   * @param sans subject alternative names, 1 to 64: what has {@code ://} in it is a URI, anything
   *     else a DNS name or an IP address
   */
  public Issued client(String name, List<String> sans) {
    return issue(name, Purpose.CLIENT, sans);
  }

  private Issued issue(String name, Purpose purpose, List<String> sans) {
    if (sans.isEmpty() || sans.size() > MAX_NAMES) {
      throw new IllegalArgumentException(
          "a certificate has 1 to " + MAX_NAMES + " names: " + sans.size());
    }
    ECPrivateKeyParameters own = P256.generate(random);
    X509CertificateHolder made = make(certificate.getSubject(), name(name), own, purpose, sans);
    try {
      byte[] secret = PrivateKeyInfoFactory.createPrivateKeyInfo(own).getEncoded();
      return new Issued(
          Pem.write(Pem.CERTIFICATE, encoded(made)), Pem.write(Pem.PRIVATE_KEY, secret));
    } catch (IOException e) {
      throw new IllegalStateException("a key could not be encoded", e);
    }
  }

  private X509CertificateHolder make(
      X500Name issuer,
      X500Name subject,
      ECPrivateKeyParameters of,
      Purpose purpose,
      List<String> sans) {
    Instant to = from.atOffset(ZoneOffset.UTC).plusYears(1).toInstant();
    BigInteger serial = SigningCertificate.serial(random);
    BcX509ExtensionUtils extensions = new BcX509ExtensionUtils();
    try {
      SubjectPublicKeyInfo point = point(of);
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
                  issuer, serial, Asn1Time.of(from), Asn1Time.of(to), subject, point)
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(point))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  extensions.createAuthorityKeyIdentifier(point(key)));
      return limit(builder, purpose, sans)
          .build(
              new BcECContentSignerBuilder(P256.SIGNATURE, P256.DIGEST)
                  .setSecureRandom(random)
                  .build(key));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be encoded", e);
    }
  }

  /** What the certificate may be used for (RFC 5280 section 4.2.1). */
  private static X509v3CertificateBuilder limit(
      X509v3CertificateBuilder builder, Purpose purpose, List<String> sans) throws IOException {
    if (purpose == Purpose.AUTHORITY) {
      return builder
          .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
          .addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }
    KeyPurposeId use =
        purpose == Purpose.SERVER ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
    GeneralName[] names =
        sans.stream().map(DevelopmentAuthority::general).toArray(GeneralName[]::new);
    return builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
        .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
        .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use))
        .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
  }

  private static GeneralName general(String name) {
    if (name.isBlank() || name.length() > MAX_NAME_CHARS || !name.matches("[!-~]+")) {
      throw new IllegalArgumentException(
          "a name of a certificate has 1 to " + MAX_NAME_CHARS + " ASCII characters, no space");
    }
    if (name.contains("://")) {
      return new GeneralName(GeneralName.uniformResourceIdentifier, name);
    }
    return IPAddress.isValid(name)
        ? new GeneralName(GeneralName.iPAddress, name)
        : new GeneralName(GeneralName.dNSName, name);
  }

  private static X500Name name(String common) {
    return new X500NameBuilder().addRDN(BCStyle.CN, common).build();
  }

  private static SubjectPublicKeyInfo point(ECPrivateKeyParameters of) throws IOException {
    return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(P256.publicOf(of));
  }

  private static byte[] encoded(X509CertificateHolder made) {
    try {
      return made.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("a certificate could not be encoded", e);
    }
  }
}
