package vellum.ingest.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, as its jar says. Stateless. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "vellum " + (version == null ? "(built in place)" : version),
      "Java " + System.getProperty("java.version")
    };
  }
}
