package vellum.core.envelope;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.bc.BcECSignerInfoVerifierBuilder;
import org.bouncycastle.cms.bc.BcRSASignerInfoVerifierBuilder;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Pem;
import vellum.core.record.Sha256;

/**
 * A time stamp (RFC 3161): somebody else's word on when bytes were there. Immutable.
 *
 * @param token DER of the token; {@code openssl ts -verify -token_in} reads it
 * @param at what it says, to the precision of the authority
 * @param authority subject of the certificate that signed it
 * @param fingerprint SHA-256 of that certificate, in hex
 * @param trusted whether that certificate was compared with one that the caller trusts
 */
public record TimeStamp(
    byte[] token, Instant at, String authority, String fingerprint, boolean trusted) {

  private static final int NONCE_BITS = 64;
  private static final int MAX_BYTES = 1 << 20;

  /**
   * Has bytes stamped, and checks the answer.
   *
   * @param authorityPem certificate of the authority that must sign; when null, any may
   * @throws EnvelopeException.BadStamp when it is not one of these bytes, or does not hold
   * @throws IOException when the authority does not answer
   */
  public static TimeStamp of(
      byte[] bytes, StampPort port, @Nullable String authorityPem, SecureRandom random)
      throws IOException {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    TimeStampRequest request =
        generator.generate(TSPAlgorithms.SHA256, digest(bytes), new BigInteger(NONCE_BITS, random));
    byte[] answer = port.ask(request.getEncoded());
    TimeStampToken token;
    try {
      TimeStampResponse response = new TimeStampResponse(answer);
      response.validate(request);
      token = response.getTimeStampToken();
    } catch (TSPException | IOException | RuntimeException e) {
      throw new EnvelopeException.BadStamp("the answer is not one to what was asked");
    }
    if (token == null) {
      throw new EnvelopeException.BadStamp("the authority refused");
    }
    return verified(token, bytes, authorityPem);
  }

  /**
   * Checks a stamp.
   *
   * @param token DER
   * @param bytes what it must be of
   * @param authorityPem certificate of the authority that must have signed; when null, any may
   * @throws EnvelopeException.BadStamp when it does not hold
   */
  public static TimeStamp verify(byte[] token, byte[] bytes, @Nullable String authorityPem) {
    if (token.length > MAX_BYTES) {
      throw new EnvelopeException.BadStamp("it has more than " + MAX_BYTES + " bytes");
    }
    try {
      return verified(new TimeStampToken(ContentInfo.getInstance(token)), bytes, authorityPem);
    } catch (TSPException | IOException | IllegalArgumentException e) {
      throw new EnvelopeException.BadStamp("it cannot be read");
    }
  }

  private static TimeStamp verified(
      TimeStampToken token, byte[] bytes, @Nullable String authorityPem) {
    try {
      boolean isOfThese =
          TSPAlgorithms.SHA256.equals(token.getTimeStampInfo().getMessageImprintAlgOID())
              && Arrays.equals(token.getTimeStampInfo().getMessageImprintDigest(), digest(bytes));
      if (!isOfThese) {
        throw new EnvelopeException.BadStamp("it is of other bytes");
      }
      X509CertificateHolder signer = signer(token);
      token.validate(verifier(signer));
      String fingerprint = Sha256.hex(signer.getEncoded());
      if (authorityPem != null && !fingerprint.equals(fingerprint(authorityPem))) {
        throw new EnvelopeException.BadStamp("another authority signed it, " + fingerprint);
      }
      return new TimeStamp(
          token.getEncoded(),
          token.getTimeStampInfo().getGenTime().toInstant(),
          BCStyle.INSTANCE.toString(signer.getSubject()),
          fingerprint,
          authorityPem != null);
    } catch (TSPException | CMSException | OperatorCreationException | IOException e) {
      throw new EnvelopeException.BadStamp("its signature is broken");
    }
  }

  private static X509CertificateHolder signer(TimeStampToken token) {
    List<X509CertificateHolder> found =
        token.getCertificates().getMatches(null).stream().filter(token.getSID()::match).toList();
    if (found.size() != 1) {
      throw new EnvelopeException.BadStamp("its signer's certificate is not in it");
    }
    return found.get(0);
  }

  private static SignerInformationVerifier verifier(X509CertificateHolder signer)
      throws IOException, OperatorCreationException, CMSException {
    var names = new DefaultCMSSignatureAlgorithmNameGenerator();
    var signatures = new DefaultSignatureAlgorithmIdentifierFinder();
    var digests = new DefaultDigestAlgorithmIdentifierFinder();
    var calculators = new BcDigestCalculatorProvider();
    boolean isCurve =
        PublicKeyFactory.createKey(signer.getSubjectPublicKeyInfo())
            instanceof ECPublicKeyParameters;
    return isCurve
        ? new BcECSignerInfoVerifierBuilder(names, signatures, digests, calculators).build(signer)
        : new BcRSASignerInfoVerifierBuilder(names, signatures, digests, calculators).build(signer);
  }

  private static String fingerprint(String pem) {
    return Sha256.hex(
        Pem.first(Pem.CERTIFICATE, pem.getBytes(StandardCharsets.ISO_8859_1))
            .orElseThrow(() -> new EnvelopeException.BadCertificate("the authority's is no PEM")));
  }

  private static byte[] digest(byte[] bytes) {
    return Sha256.begin().digest(bytes);
  }
}
