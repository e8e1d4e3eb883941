package vellum.core.disclosure;

import java.util.Locale;

/** How records are written in a package. */
public enum RecordForm {
  /** Lines with a header (RFC 4180). */
  CSV(".csv"),
  /** A JSON object a line. */
  NDJSON(".ndjson"),
  /** XML as ETSI TS 102 657 has it. */
  ETSI(".xml");

  private final String ending;

  RecordForm(String ending) {
    this.ending = ending;
  }

  /** Of names of files. */
  String ending() {
    return ending;
  }

  /** Name in manifests and settings: {@code csv}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }
}
