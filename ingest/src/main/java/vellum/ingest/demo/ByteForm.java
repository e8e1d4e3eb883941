package vellum.ingest.demo;

/** A way in which a number or address may stand on a disk. */
enum ByteForm {
  /** ASCII, as UTF-8 has it too, with "+" before it or not. */
  PLAIN("plain text"),
  /** Two bytes a character, either order. */
  UTF_16("UTF-16"),
  /** Two digits a byte, the first in the high half. */
  BCD("packed BCD"),
  /** Two digits a byte, the first in the low half, as signalling has it (3GPP TS 29.002). */
  BCD_SWAPPED("packed BCD, halves swapped");

  private final String title;

  ByteForm(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
