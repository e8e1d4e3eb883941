package vellum.core.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.function.Consumer;
import javax.crypto.Cipher;

/**
 * Encrypts what is written, in pieces that stay in a processor's cache. Closing it ends the
 * content, and leaves open where it goes. Not thread-safe.
 */
final class GcmStream extends OutputStream {

  private static final int PIECE_BYTES = 16 << 10;

  private final Cipher cipher;
  private final OutputStream to;
  private final Consumer<byte[]> tag;
  private final byte[] sealed = new byte[PIECE_BYTES + 64];

  /**
   * @param tag hears the tag at the end
   */
  GcmStream(Cipher cipher, OutputStream to, Consumer<byte[]> tag) {
    this.cipher = cipher;
    this.to = to;
    this.tag = tag;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    try {
      for (int at = offset; at < end; at += PIECE_BYTES) {
        int made = cipher.update(bytes, at, Math.min(PIECE_BYTES, end - at), sealed, 0);
        to.write(sealed, 0, made);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a piece was not encrypted", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      byte[] last = cipher.doFinal();
      int content = last.length - GcmContent.TAG_BYTES;
      to.write(last, 0, content);
      tag.accept(Arrays.copyOfRange(last, content, last.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the content was not encrypted", e);
    }
  }
}
