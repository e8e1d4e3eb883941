package vellum.core.policy;

/** A value of a class is not as it must be; whoever knows the file adds the line. */
final class FieldFault extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final boolean notComputable;

  private FieldFault(String field, String message, boolean notComputable) {
    super(message);
    this.field = field;
    this.notComputable = notComputable;
  }

  static FieldFault of(String field, String message) {
    return new FieldFault(field, message, false);
  }

  static FieldFault notComputable(String field, String message) {
    return new FieldFault(field, message, true);
  }

  /** The field within its class. */
  String field() {
    return field;
  }

  boolean isNotComputable() {
    return notComputable;
  }
}
