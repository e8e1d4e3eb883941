package vellum.ingest.node;

/**
 * What may be said of a failure: our own exceptions in their words, which hold no values; others by
 * type and place only. Stateless.
 */
final class Places {

  private Places() {}

  static String say(Throwable failure) {
    String type = failure.getClass().getName();
    if (type.startsWith("vellum.")) {
      return String.valueOf(failure.getMessage());
    }
    StackTraceElement[] trace = failure.getStackTrace();
    return type + " at " + (trace.length == 0 ? "unknown place" : trace[0]);
  }
}
