package vellum.core.crypto;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;

/**
 * The one form of CMS SignedData that {@link CmsSigner} writes. The signature covers content and
 * signed attributes only; everything else in a message is compared with this form.
 */
final class CmsForm {

  private static final int VERSION = 1;

  private CmsForm() {}

  static void check(CMSSignedData data) {
    require(
        CMSObjectIdentifiers.signedData.equals(data.toASN1Structure().getContentType()),
        "it is of another type");
    require(data.getVersion() == VERSION, "its version is another one");
    require(data.getSignerInfos().size() == 1, "it must have one signer");
    require(data.getCertificates().getMatches(null).size() == 1, "it must have one certificate");
    require(data.getCRLs().getMatches(null).isEmpty(), "it holds revocations");
    require(
        data.getDigestAlgorithmIDs().size() == 1
            && data.getDigestAlgorithmIDs().contains(P256.DIGEST),
        "its digest must be SHA-256");
    require(data.getSignedContent() != null, "its content is not in it");
    require(
        CMSObjectIdentifiers.data.getId().equals(data.getSignedContentTypeOID()),
        "its content is of another type");
    check(data.getSignerInfos().iterator().next());
  }

  private static void check(SignerInformation signer) {
    require(signer.getVersion() == VERSION, "its signer has another version");
    require(
        P256.DIGEST.equals(signer.toASN1Structure().getDigestAlgorithm()),
        "its digest must be SHA-256");
    require(
        P256.SIGNATURE.equals(signer.toASN1Structure().getDigestEncryptionAlgorithm()),
        "its signature must be ECDSA with SHA-256");
    require(signer.getUnsignedAttributes() == null, "it has unsigned attributes");
    AttributeTable signed = signer.getSignedAttributes();
    require(
        signed != null
            && one(signed, CMSAttributes.contentType)
            && one(signed, CMSAttributes.messageDigest)
            && one(signed, CMSAttributes.signingTime),
        "its content type, digest or time is not signed");
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
