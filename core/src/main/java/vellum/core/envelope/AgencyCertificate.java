package vellum.core.envelope;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;
import vellum.core.record.Pem;
import vellum.core.record.Sha256;

/**
 * The certificate of an agency that packages are for. Immutable, thread-safe. That it is the
 * agency's, its chain does not say here: the approver compares the fingerprint.
 */
public final class AgencyCertificate implements Recipient {

  public static final int LEAST_RSA_BITS = 3072;
  public static final int LEAST_EC_BITS = 256;

  private static final int MOST_CHARS = 64 << 10;
  private static final List<String> WEAK_DIGESTS = List.of("SHA1", "SHA-1", "MD5", "MD2", "MD4");

  private final X509CertificateHolder certificate;
  private final AsymmetricKeyParameter key;
  private final byte[] der;

  private AgencyCertificate(
      X509CertificateHolder certificate, AsymmetricKeyParameter key, byte[] der) {
    this.certificate = certificate;
    this.key = key;
    this.der = der;
  }

  /**
   * Reads a certificate, and refuses one to which nothing may be sent.
   *
   * @param pem one X.509 certificate
   * @param now instant at which it must be valid
   * @throws EnvelopeException.CertificateExpired when its time is over
   * @throws EnvelopeException.CertificateNotYetValid when its time has not come
   * @throws EnvelopeException.CertificateWeak when its key has fewer than 3072 bits of RSA or 256
   *     of a curve, or its signature is over a broken digest
   * @throws EnvelopeException.CertificateUnfit when its key is for something else
   * @throws EnvelopeException.BadCertificate when it is none
   */
  public static AgencyCertificate of(String pem, Instant now) {
    AgencyCertificate read = read(pem);
    read.requireStrong();
    read.requireFit();
    read.requireValid(now);
    return read;
  }

  private static AgencyCertificate read(String pem) {
    List<Pem.Block> blocks =
        pem.length() > MOST_CHARS
            ? List.of()
            : Pem.blocks(pem.getBytes(StandardCharsets.ISO_8859_1)).stream()
                .filter(block -> block.label().equals(Pem.CERTIFICATE))
                .toList();
    if (blocks.size() != 1) {
      throw new EnvelopeException.BadCertificate("it must be one certificate in PEM");
    }
    byte[] der = blocks.get(0).der();
    try {
      X509CertificateHolder certificate = new X509CertificateHolder(der);
      return new AgencyCertificate(
          certificate, PublicKeyFactory.createKey(certificate.getSubjectPublicKeyInfo()), der);
    } catch (IOException | RuntimeException e) {
      throw new EnvelopeException.BadCertificate("it or its key cannot be read");
    }
  }

  /**
   * Refuses it outside of its time.
   *
   * @throws EnvelopeException.CertificateExpired when it is over
   * @throws EnvelopeException.CertificateNotYetValid when it has not come
   */
  public void requireValid(Instant now) {
    if (now.isBefore(notBefore())) {
      throw new EnvelopeException.CertificateNotYetValid(notBefore());
    }
    if (now.isAfter(notAfter())) {
      throw new EnvelopeException.CertificateExpired(notAfter());
    }
  }

  private void requireStrong() {
    if (key instanceof RSAKeyParameters rsa) {
      requireBits("RSA", rsa.getModulus().bitLength(), LEAST_RSA_BITS);
    } else if (key instanceof ECPublicKeyParameters point) {
      requireBits("EC", point.getParameters().getCurve().getFieldSize(), LEAST_EC_BITS);
    } else {
      throw new EnvelopeException.CertificateUnfit("its key is neither RSA nor for ECDH");
    }
    String digest = digestOf(certificate.getSignatureAlgorithm()).toUpperCase(Locale.ROOT);
    if (WEAK_DIGESTS.stream().anyMatch(digest::contains)) {
      throw new EnvelopeException.CertificateWeak("it is signed over a broken digest, " + digest);
    }
  }

  private static void requireBits(String kind, int bits, int least) {
    if (bits < least) {
      throw new EnvelopeException.CertificateWeak(
          "its " + kind + " key has " + bits + " bits, and must have " + least);
    }
  }

  private static String digestOf(AlgorithmIdentifier signature) {
    DefaultAlgorithmNameFinder names = new DefaultAlgorithmNameFinder();
    if (PKCSObjectIdentifiers.id_RSASSA_PSS.equals(signature.getAlgorithm())) {
      return names.getAlgorithmName(
          RSASSAPSSparams.getInstance(signature.getParameters()).getHashAlgorithm());
    }
    return names.getAlgorithmName(signature);
  }

  private void requireFit() {
    KeyUsage usage = KeyUsage.fromExtensions(certificate.getExtensions());
    boolean isRsa = key instanceof RSAKeyParameters;
    int needed = isRsa ? KeyUsage.keyEncipherment : KeyUsage.keyAgreement;
    if (usage != null && !usage.hasUsages(needed)) {
      throw new EnvelopeException.CertificateUnfit(
          "its key usage has no " + (isRsa ? "keyEncipherment" : "keyAgreement"));
    }
  }

  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** The last instant at which it is valid. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Whom it names. */
  public String subject() {
    return BCStyle.INSTANCE.toString(certificate.getSubject());
  }

  /** SHA-256 of the certificate, in hex: what to compare by telephone. */
  public String fingerprint() {
    return Sha256.hex(der);
  }

  /** The certificate as text. */
  public String pem() {
    return Pem.write(Pem.CERTIFICATE, der);
  }

  @Override
  public String description() {
    return "certificate " + fingerprint();
  }

  @Override
  public Wrapping wrapping(SecureRandom random) {
    return new Wrapping(
        () ->
            key instanceof ECPublicKeyParameters point
                ? EcdhRecipient.to(certificate, point, random)
                : OaepKeys.to(certificate, key, random));
  }

  @Override
  public String toString() {
    return "AgencyCertificate[" + fingerprint() + "]";
  }
}
