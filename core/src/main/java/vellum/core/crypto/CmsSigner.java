package vellum.core.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * The making of CMS SignedData (RFC 5652) with the content inside or beside it, in DER. Signed are
 * content type, instant of signing, digest and the algorithms' names (RFC 6211).
 */
final class CmsSigner {

  private CmsSigner() {}

  static byte[] sign(
      byte[] content,
      boolean isInside,
      Instant at,
      ECPrivateKeyParameters key,
      X509CertificateHolder certificate,
      SecureRandom random) {
    ASN1EncodableVector signed = new ASN1EncodableVector();
    signed.add(new Attribute(CMSAttributes.signingTime, new DERSet(Asn1Time.of(at))));
    try {
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new SignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
              .setSignedAttributeGenerator(
                  new DefaultSignedAttributeTableGenerator(new AttributeTable(signed)))
              .build(
                  new BcECContentSignerBuilder(P256.SIGNATURE, P256.DIGEST)
                      .setSecureRandom(random)
                      .build(key),
                  certificate));
      generator.addCertificate(certificate);
      return generator
          .generate(new CMSProcessableByteArray(content), isInside)
          .getEncoded(ASN1Encoding.DER);
    } catch (CMSException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("a signed message could not be made", e);
    }
  }
}
