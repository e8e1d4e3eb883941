package vellum.core.envelope;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.bouncycastle.cms.CMSAuthEnvelopedDataParser;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.crypto.io.InvalidCipherTextIOException;
import org.jspecify.annotations.Nullable;

/**
 * The opening of what {@link CmsEnvelope} sealed, as a stream. What it gives out is not proven
 * until it returns: whoever takes it throws it away when it fails. Stateless.
 */
public final class CmsOpener {

  private static final int BUFFER_BYTES = 64 << 10;

  private CmsOpener() {}

  /**
   * Opens an envelope.
   *
   * @param in the envelope and nothing behind it; not closed
   * @param to takes the content, unproven until this returns; not closed
   * @throws EnvelopeException by what is wrong with it
   * @throws IOException when {@code to} fails
   * @throws UncheckedIOException when {@code in} does
   */
  public static void open(InputStream in, OpeningKey key, OutputStream to) throws IOException {
    InputStream disk = new Disk(in);
    InputStream content = content(disk, key);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = read(content, buffer); count >= 0; count = read(content, buffer)) {
      to.write(buffer, 0, count);
    }
    if (disk.read() >= 0) {
      throw new EnvelopeException.NotEnvelope("something follows it");
    }
  }

  /**
   * Opens a small envelope.
   *
   * @param most bytes that its content may have
   */
  public static byte[] open(byte[] envelope, OpeningKey key, int most) {
    ByteArrayOutputStream content =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            if (size() > most - length) {
              throw new EnvelopeException.NotEnvelope("it has more than " + most + " bytes");
            }
            super.write(bytes, offset, length);
          }
        };
    try {
      open(new ByteArrayInputStream(envelope), key, content);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail", e);
    }
    return content.toByteArray();
  }

  private static InputStream content(InputStream in, OpeningKey key) {
    try {
      CMSAuthEnvelopedDataParser parser = new CMSAuthEnvelopedDataParser(in);
      for (RecipientInformation information : parser.getRecipientInfos()) {
        OpeningKey.Opening opening = key.opening(new OpeningKey.Addressed(information));
        if (opening != null) {
          return information.getContentStream(opening.recipient()).getContentStream();
        }
      }
    } catch (CMSException | IOException | RuntimeException e) {
      throw named(e);
    }
    throw new EnvelopeException.OtherReceiver();
  }

  private static int read(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw named(e);
    }
  }

  /** What a failure of the library says about the envelope. */
  private static RuntimeException named(Exception failure) {
    if (failure instanceof EnvelopeException || failure instanceof UncheckedIOException) {
      return (RuntimeException) failure;
    }
    for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof InvalidCipherTextIOException) {
        return new EnvelopeException.Tampered();
      }
      if (e instanceof EnvelopeException own) {
        return own;
      }
    }
    return new EnvelopeException.NotEnvelope("it is cut short or of another kind");
  }

  /** Tells failures of the disk from those of the envelope. */
  private static final class Disk extends FilterInputStream {

    Disk(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
