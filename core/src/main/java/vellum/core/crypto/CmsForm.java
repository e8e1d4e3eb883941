package vellum.core.crypto;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSSignedData;
import org.jspecify.annotations.Nullable;

/**
 * The two forms of CMS SignedData that {@link CmsSigner} writes: with the content, or beside it.
 * The signature covers content and signed attributes only, and the certificate its own; so
 * everything around these four is made anew from them and compared, byte for byte.
 */
final class CmsForm {

  private CmsForm() {}

  static void check(CMSSignedData data, byte[] der, boolean isInside) throws IOException {
    require(data.getSignerInfos().size() == 1, "it must have one signer");
    require(data.getCertificates().getMatches(null).size() == 1, "it must have one certificate");
    require(
        (encapsulated(data) != null) == isInside,
        isInside ? "its content is not in it" : "its content is in it");
    AttributeTable signed = data.getSignerInfos().iterator().next().getSignedAttributes();
    require(
        signed != null
            && one(signed, CMSAttributes.contentType)
            && one(signed, CMSAttributes.messageDigest)
            && one(signed, CMSAttributes.signingTime),
        "its content type, digest or time is not signed");
    require(Arrays.equals(again(data), der), "it is not in the form that Vellum writes");
  }

  private static byte[] again(CMSSignedData data) throws IOException {
    X509CertificateHolder certificate = data.getCertificates().getMatches(null).iterator().next();
    SignerInfo signer = data.getSignerInfos().iterator().next().toASN1Structure();
    SignerInfo signerAgain =
        new SignerInfo(
            new SignerIdentifier(new IssuerAndSerialNumber(certificate.toASN1Structure())),
            P256.DIGEST,
            signer.getAuthenticatedAttributes(),
            P256.SIGNATURE,
            signer.getEncryptedDigest(),
            null);
    SignedData dataAgain =
        new SignedData(
            new DERSet(P256.DIGEST),
            new ContentInfo(CMSObjectIdentifiers.data, encapsulated(data)),
            new DERSet(certificate.toASN1Structure()),
            null,
            new DERSet(signerAgain));
    return new ContentInfo(CMSObjectIdentifiers.signedData, dataAgain).getEncoded(ASN1Encoding.DER);
  }

  private static @Nullable ASN1OctetString encapsulated(CMSSignedData data) {
    return ASN1OctetString.getInstance(
        SignedData.getInstance(data.toASN1Structure().getContent())
            .getEncapContentInfo()
            .getContent());
  }

  private static boolean one(AttributeTable signed, ASN1ObjectIdentifier type) {
    return signed.getAll(type).size() == 1 && signed.get(type).getAttributeValues().length == 1;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new CmsException.NotCms(what);
    }
  }
}
