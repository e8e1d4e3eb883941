package vellum.ingest.scan;

/**
 * Looks for numbers and addresses in text that was written as UTF-16, hex or base64: decodes what
 * could be it and searches that. Not thread-safe.
 */
final class Decoded {

  private static final int LEAST = TextSet.LEAST_BYTES;

  private final TextSearch text;
  private final byte[] view;
  private final WideRuns wide = new WideRuns(LEAST - 1);
  private final Runs hex = new Runs(2 * LEAST, b -> Character.digit(b, 16) >= 0 && b < 128);
  private final Runs base64 = new Runs((LEAST * 4 + 2) / 3, b -> sextet(b) >= 0);

  /**
   * @param mostBytes that are searched at a time
   */
  Decoded(TextSearch text, int mostBytes) {
    this.text = text;
    this.view = new byte[mostBytes];
  }

  /** Looks in all three forms. */
  void search(byte[] bytes, int from, int to, HitSink sink) {
    wide.find(bytes, from, to, (first, last) -> utf16(bytes, first, last, sink));
    for (int start = hex.find(bytes, from, to); start >= 0; ) {
      int end = hex.end();
      hex(bytes, start, end, sink);
      hex(bytes, start + 1, end, sink);
      start = hex.find(bytes, end, to);
    }
    for (int start = base64.find(bytes, from, to); start >= 0; ) {
      int end = base64.end();
      for (int phase = 0; phase < 4; phase++) {
        base64(bytes, start + phase, end, sink);
      }
      start = base64.find(bytes, end, to);
    }
  }

  /** Takes the characters that stand between zeros, whichever of the two comes first. */
  private void utf16(byte[] bytes, int first, int last, HitSink sink) {
    int length = 0;
    for (int i = first; i <= last; i += 2) {
      view[length++] = bytes[i];
    }
    text.search(
        view, 0, length, ByteForm.UTF_16, (form, at, line) -> sink.hit(form, first + 2 * at, line));
  }

  private void hex(byte[] bytes, int from, int to, HitSink sink) {
    int length = 0;
    for (int i = from; i + 1 < to; i += 2) {
      view[length++] =
          (byte) (Character.digit(bytes[i], 16) << 4 | Character.digit(bytes[i + 1], 16));
    }
    text.search(
        view, 0, length, ByteForm.HEX, (form, at, line) -> sink.hit(form, from + 2 * at, line));
  }

  /** The last group may be short: two characters are one byte, three are two. */
  private void base64(byte[] bytes, int from, int to, HitSink sink) {
    int length = 0;
    int group = 0;
    int bits = 0;
    for (int i = from; i < to; i++) {
      group = group << 6 | sextet(bytes[i]);
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        view[length++] = (byte) (group >> bits);
      }
    }
    text.search(
        view,
        0,
        length,
        ByteForm.BASE64,
        (form, at, line) -> sink.hit(form, from + (int) (4L * at / 3), line));
  }

  private static int sextet(int b) {
    if (b >= 'A' && b <= 'Z') {
      return b - 'A';
    } else if (b >= 'a' && b <= 'z') {
      return b - 'a' + 26;
    } else if (b >= '0' && b <= '9') {
      return b - '0' + 52;
    } else if (b == '+' || b == '-') {
      return 62;
    }
    return b == '/' || b == '_' ? 63 : -1;
  }
}
