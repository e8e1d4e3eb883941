package vellum.ingest.scan;

/** A way in which a number or address may stand on a disk. */
public enum ByteForm {
  /** ASCII, as UTF-8 has it too, with "+" before it or not. */
  PLAIN("plain text", false),
  /** Two bytes a character, either order. */
  UTF_16("UTF-16", false),
  /** Two hexadecimal digits a byte of the text, small or capital. */
  HEX("hex", false),
  /** RFC 4648, both alphabets, at any place within its groups of three bytes. */
  BASE64("base64", false),
  /** The digits of a number from the last to the first. */
  REVERSED("reversed digits", false),
  /** Digits within a longer word of digits, as any number stands in some longer one. */
  EMBEDDED("within a longer word", true),
  /** Two digits a byte, the first in the high half. */
  BCD("BCD", true),
  /** Two digits a byte, the first in the low half, as signalling has it (3GPP TS 29.002). */
  TBCD("TBCD", true);

  private final String title;
  private final boolean byChance;

  ByteForm(String title, boolean byChance) {
    this.title = title;
    this.byChance = byChance;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }

  /** Whether numbers stand in this form by chance too, in ciphertext or in ids. */
  public boolean byChance() {
    return byChance;
  }
}
