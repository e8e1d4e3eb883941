package vellum.core.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.bc.BcECSignerInfoVerifierBuilder;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcECContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Pem;
import vellum.core.record.Sha256;

/**
 * The check of a signed message, needing no installation: stricter than the standard, since every
 * bit of what {@link SigningKey#sign} and {@link PackageSigner#signBeside} write must be as it was.
 * Stateless.
 *
 * <p>Not checked is whether the certificate is still valid: what was signed stays signed. {@code
 * openssl cms -verify} does check that, unless told {@code -no_check_time}.
 */
public final class CmsCheck {

  /** Longest message that is read. */
  public static final int MAX_BYTES = 16 << 20;

  private CmsCheck() {}

  /**
   * What a message says, and who signed it.
   *
   * @param signer subject of the certificate
   * @param fingerprint SHA-256 of the certificate, in hex
   * @param signedAt instant of signing, to the second, by the signer's clock
   * @param trusted whether the signer was compared with a certificate that the caller trusts
   */
  public record Verified(
      byte[] content, String signer, String fingerprint, Instant signedAt, boolean trusted) {}

  /**
   * Checks a message.
   *
   * @param message DER or PEM, at most {@link #MAX_BYTES}
   * @param trustedPem certificate that must have signed it; when null, anybody may have
   * @throws CmsException by what is wrong with it
   */
  public static Verified verify(byte[] message, @Nullable String trustedPem) {
    byte[] der = der(message);
    return checked(() -> new CMSSignedData(der), der, true, trustedPem);
  }

  /**
   * Checks a message that has its content beside it.
   *
   * @param message DER or PEM, at most {@link #MAX_BYTES}
   * @param content what it must be about
   * @param trustedPem certificate that must have signed it; when null, anybody may have
   * @throws CmsException by what is wrong with it
   */
  public static Verified verifyBeside(byte[] message, byte[] content, @Nullable String trustedPem) {
    byte[] der = der(message);
    CMSProcessableByteArray beside = new CMSProcessableByteArray(content);
    return checked(() -> new CMSSignedData(beside, der), der, false, trustedPem);
  }

  /** Reads a message. */
  private interface Reading {
    CMSSignedData read() throws CMSException;
  }

  private static Verified checked(
      Reading reading, byte[] der, boolean isInside, @Nullable String trustedPem) {
    CMSSignedData data = parse(reading, der, isInside);
    try {
      return verify(data, trustedPem);
    } catch (CmsException e) {
      throw e;
    } catch (CMSException
        | OperatorCreationException
        | CertException
        | IOException
        | RuntimeException e) {
      throw new CmsException.SignatureBroken("it cannot be computed");
    }
  }

  private static Verified verify(CMSSignedData data, @Nullable String trustedPem)
      throws CMSException, OperatorCreationException, CertException, IOException {
    SignerInformation signer = data.getSignerInfos().iterator().next();
    X509CertificateHolder certificate = certificate(data, signer);
    String fingerprint = fingerprint(certificate.getEncoded());
    checkSignature(signer, certificate);
    if (trustedPem != null) {
      String trusted =
          fingerprint(
              Pem.first(Pem.CERTIFICATE, trustedPem.getBytes(StandardCharsets.ISO_8859_1))
                  .orElseThrow(CmsException.BadCertificate::new));
      if (!trusted.equals(fingerprint)) {
        throw new CmsException.OtherSigner(fingerprint, trusted);
      }
    }
    return new Verified(
        content(data), subject(certificate), fingerprint, signedAt(signer), trustedPem != null);
  }

  static String fingerprint(byte[] certificate) {
    return Sha256.hex(certificate);
  }

  private static byte[] der(byte[] message) {
    if (message.length > MAX_BYTES) {
      throw new CmsException.NotCms(
          "it has " + message.length + " bytes, and at most " + MAX_BYTES + " are read");
    }
    if (message.length > 0 && message[0] == 0x30) {
      return message;
    }
    return Pem.first(Pem.CMS, message)
        .orElseThrow(() -> new CmsException.NotCms("neither DER nor PEM with the label CMS"));
  }

  /** Refuses whatever this program would not have written: what is odd, the signature may miss. */
  private static CMSSignedData parse(Reading reading, byte[] der, boolean isInside) {
    try {
      CMSSignedData data = reading.read();
      CmsForm.check(data, der, isInside);
      return data;
    } catch (CmsException e) {
      throw e;
    } catch (CMSException | IOException | RuntimeException e) {
      throw new CmsException.NotCms("it is cut short or of another kind");
    }
  }

  private static X509CertificateHolder certificate(CMSSignedData data, SignerInformation signer)
      throws CertException, OperatorCreationException, IOException {
    X509CertificateHolder certificate = data.getCertificates().getMatches(null).iterator().next();
    if (!signer.getSID().match(certificate)) {
      throw new CmsException.SignatureBroken("its certificate is not the one that it names");
    }
    if (!certificate.isSignatureValid(
        new BcECContentVerifierProviderBuilder(new DefaultDigestAlgorithmIdentifierFinder())
            .build(certificate))) {
      throw new CmsException.SignatureBroken("its certificate was changed");
    }
    return certificate;
  }

  private static void checkSignature(SignerInformation signer, X509CertificateHolder certificate)
      throws CMSException, OperatorCreationException, IOException {
    BcECSignerInfoVerifierBuilder builder =
        new BcECSignerInfoVerifierBuilder(
            new DefaultCMSSignatureAlgorithmNameGenerator(),
            new DefaultSignatureAlgorithmIdentifierFinder(),
            new DefaultDigestAlgorithmIdentifierFinder(),
            new BcDigestCalculatorProvider());
    try {
      if (!signer.verify(
          builder.build(PublicKeyFactory.createKey(certificate.getSubjectPublicKeyInfo())))) {
        throw new CmsException.SignatureBroken("it is not of the certificate's key");
      }
    } catch (CMSSignerDigestMismatchException e) {
      throw new CmsException.ContentChanged();
    }
  }

  private static byte[] content(CMSSignedData data) throws CMSException, IOException {
    CMSTypedData content = data.getSignedContent();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    content.write(bytes);
    return bytes.toByteArray();
  }

  private static String subject(X509CertificateHolder certificate) {
    return BCStyle.INSTANCE.toString(certificate.getSubject());
  }

  private static Instant signedAt(SignerInformation signer) {
    Attribute time = signer.getSignedAttributes().get(CMSAttributes.signingTime);
    return Asn1Time.read(Time.getInstance(time.getAttributeValues()[0]));
  }
}
