package vellum.ingest.importer;

/** Why a row could not be mapped. What the server refuses later has codes of its own. */
public enum BadRowCode {
  /** Not the JSON that the format asks for. */
  BAD_JSON,
  /** Not a row of RFC 4180, or not as many values as the header has columns. */
  BAD_CSV,
  /** Not valid UTF-8. */
  BAD_TEXT,
  /**
   * More than {@link LineReader#MAX_LINE_BYTES} bytes, or more fields or nesting than a row has.
   */
  ROW_TOO_LARGE,
  /** A field that the format does not know. */
  UNKNOWN_FIELD,
  /** A field that a record cannot do without. */
  MISSING_FIELD,
  /** Neither the row nor {@code --account} names the account. */
  MISSING_ACCOUNT,
  /** Not a value of the field's type. */
  BAD_VALUE,
  BAD_TIME,
  /** Its time and the time in its record_id differ, or it has an id of two kinds. */
  BAD_ID,
  /** Not a number, address or sender id of any known form. */
  BAD_ADDRESS,
  /** Not a decimal that nanos of a currency unit can hold exactly. */
  BAD_AMOUNT,
  UNKNOWN_CURRENCY,
  NEGATIVE_VALUE,
  /** The communication is queued: it has no beginning yet. */
  NOT_STARTED,
  /** The file ends inside a row, or its compression is broken: nothing after it was read. */
  BROKEN_FILE
}
