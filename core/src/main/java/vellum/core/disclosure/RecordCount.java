package vellum.core.disclosure;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import vellum.core.record.Sha256;

/**
 * Counts the records of a clear file as it goes by, and digests it. Not thread-safe. What is
 * counted are ends of lines outside of quotation marks, or beginnings of an element.
 */
final class RecordCount extends OutputStream {

  private static final byte[] ELEMENT = "<ResponseRecord>".getBytes(StandardCharsets.US_ASCII);

  private final RecordForm form;
  private final MessageDigest digest = Sha256.begin();
  private long bytes;
  private long found;
  private boolean isQuoted;
  private int matched;

  RecordCount(RecordForm form) {
    this.form = form;
  }

  @Override
  public void write(int one) {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    digest.update(from, offset, length);
    bytes += length;
    for (int i = offset; i < offset + length; i++) {
      switch (form) {
        case CSV -> csv(from[i]);
        case NDJSON -> found += from[i] == '\n' ? 1 : 0;
        case ETSI -> element(from[i]);
      }
    }
  }

  private void csv(byte one) {
    if (one == '"') {
      isQuoted = !isQuoted;
    } else if (one == '\n' && !isQuoted) {
      found++;
    }
  }

  /** The first byte stands nowhere else in the element, so that a mismatch begins anew. */
  private void element(byte one) {
    matched = one == ELEMENT[matched] ? matched + 1 : one == ELEMENT[0] ? 1 : 0;
    if (matched == ELEMENT.length) {
      found++;
      matched = 0;
    }
  }

  long bytes() {
    return bytes;
  }

  String sha256() {
    return Sha256.hex(digest);
  }

  /** Records so far; the header of CSV is none. */
  long records() {
    return form == RecordForm.CSV ? Math.max(0, found - 1) : found;
  }
}
