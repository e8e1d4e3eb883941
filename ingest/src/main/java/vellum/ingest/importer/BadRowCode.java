package vellum.ingest.importer;

/**
 * Why a row could not be mapped. What the server refuses later has codes of its own ({@link
 * vellum.v1.RejectionCode}); a name that is in both means the same in both.
 */
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
  /** A field of a provider's row that a record cannot do without. */
  MISSING_FIELD,
  /** There is neither record_id nor foreign_id. */
  MISSING_ID,
  /** There is no started_at. */
  MISSING_TIME,
  /** There is no channel. */
  MISSING_CHANNEL,
  /** Neither the row nor {@code --account} names the account. */
  MISSING_ACCOUNT,
  /** Not a value of the field's type. */
  BAD_VALUE,
  /** Not a date and time, or out of range. */
  BAD_TIME,
  /** Its record_id is no UUID of version 7 or 8. */
  BAD_ID,
  /** The first 48 bits of its record_id are not its started_at in milliseconds. */
  ID_TIME_MISMATCH,
  /** It has a record_id and a foreign_id. */
  TWO_IDS,
  /** Not a number, address or sender id of any known form. */
  BAD_ADDRESS,
  /** Not a decimal that nanos of a currency unit can hold exactly. */
  BAD_AMOUNT,
  /** Not an ISO 4217 code. */
  UNKNOWN_CURRENCY,
  /** Less than zero, where only more makes sense. */
  NEGATIVE_VALUE,
  /** Not five or six digits. */
  BAD_MCC_MNC,
  /** Not a CloudEvent 1.0 with a JSON object as its data. */
  BAD_EVENT,
  /** The communication is queued: it has no beginning yet. */
  NOT_STARTED,
  /** The file ends inside a row, or its compression is broken: nothing after it was read. */
  BROKEN_FILE
}
