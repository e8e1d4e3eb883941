package vellum.core.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import vellum.core.record.MonthId;

/**
 * The keys that a month's secret gives by HKDF-SHA256 (RFC 5869), without salt, each under an info
 * string of its own: {@code vellum/1/<purpose>/<month>}. The arrays are zeroed when the key ends.
 *
 * @param seal 32 bytes of AES-SIV's MAC key, then 32 of its counter key
 * @param index key of the pseudonyms
 * @param mask key of the pads over pseudonyms in the journal
 * @param reference key of the references in the subject index
 * @param archiveId key of the ids of stripped records; of an archive year only, else empty
 * @param request key of the digests of requests; likewise
 * @param document 64 bytes as {@code seal}, for documents; of a case or the trail only, else empty
 */
record SubKeys(
    byte[] seal,
    byte[] index,
    byte[] mask,
    byte[] reference,
    byte[] archiveId,
    byte[] request,
    byte[] document) {

  private static final String FORMAT = "vellum/1/";
  private static final int CHECK_BYTES = 8;

  static SubKeys of(MonthId month, byte[] secret) {
    return new SubKeys(
        derive(secret, "seal", month, 64),
        derive(secret, "index", month, 32),
        derive(secret, "mask", month, 32),
        derive(secret, "reference", month, 32),
        ofYear(secret, "archive-id", month),
        ofYear(secret, "request", month),
        isOfDocuments(month) ? derive(secret, "document", month, 64) : new byte[0]);
  }

  /** Whether what a month's key seals are documents. */
  static boolean isOfDocuments(MonthId month) {
    return month.kind() == MonthId.Kind.CASE || month.kind() == MonthId.Kind.TRAIL;
  }

  private static byte[] ofYear(byte[] secret, String purpose, MonthId month) {
    return month.kind() == MonthId.Kind.YEAR ? derive(secret, purpose, month, 32) : new byte[0];
  }

  /** Eight bytes that show, without giving it away, that a secret is the one of this month. */
  static byte[] checkValue(MonthId month, byte[] secret) {
    return derive(secret, "check", month, CHECK_BYTES);
  }

  void zero() {
    Arrays.fill(seal, (byte) 0);
    Arrays.fill(index, (byte) 0);
    Arrays.fill(mask, (byte) 0);
    Arrays.fill(reference, (byte) 0);
    Arrays.fill(archiveId, (byte) 0);
    Arrays.fill(request, (byte) 0);
    Arrays.fill(document, (byte) 0);
  }

  private static byte[] derive(byte[] secret, String purpose, MonthId month, int bytes) {
    byte[] info = (FORMAT + purpose + "/" + month).getBytes(StandardCharsets.US_ASCII);
    HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
    hkdf.init(new HKDFParameters(secret, null, info));
    byte[] key = new byte[bytes];
    hkdf.generateBytes(key, 0, bytes);
    return key;
  }
}
