package vellum.ingest.node;

/** The version of this program, as its jar says. Stateless. */
public final class ProgramVersion {

  private static final String BUILT_IN_PLACE = "built in place";

  private ProgramVersion() {}

  /** Such as {@code 0.1.0}; words where there is no jar. */
  public static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? BUILT_IN_PLACE : version;
  }
}
