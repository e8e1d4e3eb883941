package vellum.ingest.cli;

import picocli.CommandLine.IVersionProvider;
import vellum.ingest.node.ProgramVersion;

/** The version of this program, as its jar says. Stateless. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "vellum " + ProgramVersion.text(), "Java " + System.getProperty("java.version")
    };
  }
}
