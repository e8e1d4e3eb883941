package vellum.core.envelope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import org.bouncycastle.cms.CMSAuthEnvelopedDataStreamGenerator;
import org.bouncycastle.cms.CMSException;

/**
 * The sealing of contents for one receiver: CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM, as a
 * stream, in memory of one buffer. {@code openssl cms -decrypt -binary -inform DER} opens it. Each
 * content has a key of its own. Not thread-safe.
 */
public final class CmsEnvelope {

  private static final int BUFFER_BYTES = 64 << 10;

  private final Recipient.Wrapping wrapping;
  private final SecureRandom random;

  public CmsEnvelope(Recipient to, SecureRandom random) {
    this.wrapping = to.wrapping(random);
    this.random = random;
  }

  /**
   * Begins an envelope.
   *
   * @param out where it goes; not closed with the envelope
   * @return takes the content, in pieces that had better be large; whole when it is closed
   */
  public OutputStream seal(OutputStream out) throws IOException {
    CMSAuthEnvelopedDataStreamGenerator generator = new CMSAuthEnvelopedDataStreamGenerator();
    generator.setBufferSize(BUFFER_BYTES);
    generator.addRecipientInfoGenerator(wrapping.next());
    try {
      return generator.open(out, new GcmContent(random));
    } catch (CMSException e) {
      throw new IllegalStateException("an envelope could not be begun", e);
    }
  }

  /** A small content in its envelope. */
  public byte[] seal(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 2048);
    try (OutputStream in = seal(out)) {
      in.write(content);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return out.toByteArray();
  }
}
