package vellum.ingest.importer;

/**
 * Carries the fault of a row from where it is found to the source that reports it, inside this
 * package only. Without a stack trace: bad rows may be many.
 */
final class BadRow extends RuntimeException {

  private final BadRowCode code;
  private final String field;
  private final String reason;

  BadRow(BadRowCode code, String field, String reason) {
    super(code + " in " + field + ": " + reason, null, false, false);
    this.code = code;
    this.field = field;
    this.reason = reason;
  }

  Row.Bad at(long line, String raw) {
    return new Row.Bad(line, raw, code, field, reason);
  }
}
