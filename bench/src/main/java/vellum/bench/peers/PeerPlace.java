package vellum.bench.peers;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a peer lives in one run, and what it is made of.
 *
 * @param work a new directory, deleted by the caller at the end
 * @param jars directories of jars by the peer's project under {@code bench/peers}; those that
 *     {@link PeerKind#projects} names, filled
 */
record PeerPlace(Path work, PeerJars jars) {

  /** For all files that the peer keeps, in any structure. What is measured and searched. */
  Path data() {
    return work.resolve("data");
  }

  /** For what the processes print; not measured. */
  Path log(String process) {
    return work.resolve(process + ".log");
  }

  /** For configuration and scratch files; not measured. */
  Path scratch() {
    return work.resolve("scratch");
  }

  /** The class path of a project's jars, as {@code java -cp} takes it. */
  List<String> classPath(String project) {
    return List.of("-cp", jars.of(project) + "/*");
  }
}
