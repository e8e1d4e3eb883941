package vellum.core.seal;

import vellum.v1.Submission;

/**
 * The parts of a record that an erasure takes away before its month's time: a mask of bits, each a
 * field of the submission. Bits are on disk and in journals, and never used anew.
 *
 * <pre>
 *    1  sender            16  name of the caller
 *    2  recipient         32  free text: callback data, client's reference, custom data
 *    4  original sender
 *    8  forwarded from
 * </pre>
 *
 * Of a party all that is sealed goes, whatever it is: numbers, addresses, an IMSI. What stands
 * there in clear is of a business and stays, as a strip leaves it. Free text of an account that
 * declared it free of personal data is in clear, too. Content has its own period and is no part.
 */
public final class ErasedParts {

  public static final int NONE = 0;
  public static final int SENDER = 1;
  public static final int RECIPIENT = 2;
  public static final int ORIGINAL_SENDER = 4;
  public static final int FORWARDED_FROM = 8;
  public static final int CALLER_NAME = 16;
  public static final int FREE_TEXT = 32;

  /** Everything of a record that is sealed but its content. */
  public static final int ALL = 63;

  private static final int ANY_PARTY = SENDER | RECIPIENT | ORIGINAL_SENDER | FORWARDED_FROM;

  private ErasedParts() {}

  /** A mask as it was stored; refuses bits that this version does not know. */
  static int checked(long mask) {
    if (mask < 0 || mask > ALL) {
      throw new BrokenRow("a mask of erased parts is " + mask + ", expected 0 to " + ALL);
    }
    return (int) mask;
  }

  /** Parties with what goes with any of them, for it may name whoever it likes. */
  static int withTexts(int parties) {
    return parties == NONE ? NONE : parties | CALLER_NAME | FREE_TEXT;
  }

  /** Whether a part is a party. */
  static boolean isParty(int part) {
    return (part & ANY_PARTY) != 0;
  }

  /** The field of the submission that a party is. */
  static int field(int party) {
    return switch (party) {
      case SENDER -> Submission.SENDER_FIELD_NUMBER;
      case RECIPIENT -> Submission.RECIPIENT_FIELD_NUMBER;
      case ORIGINAL_SENDER -> Submission.ORIGINAL_SENDER_FIELD_NUMBER;
      case FORWARDED_FROM -> Submission.FORWARDED_FROM_FIELD_NUMBER;
      default -> throw new IllegalArgumentException("part is not a party: " + party);
    };
  }

  /** The part that a field of the submission is, or {@link #NONE}. */
  static int ofField(int number) {
    return switch (number) {
      case Submission.SENDER_FIELD_NUMBER -> SENDER;
      case Submission.RECIPIENT_FIELD_NUMBER -> RECIPIENT;
      case Submission.ORIGINAL_SENDER_FIELD_NUMBER -> ORIGINAL_SENDER;
      case Submission.FORWARDED_FROM_FIELD_NUMBER -> FORWARDED_FROM;
      case Submission.CALLER_NAME_FIELD_NUMBER -> CALLER_NAME;
      case Submission.CALLBACK_DATA_FIELD_NUMBER,
          Submission.CLIENT_REF_FIELD_NUMBER,
          Submission.CUSTOM_DATA_FIELD_NUMBER ->
          FREE_TEXT;
      default -> NONE;
    };
  }
}
