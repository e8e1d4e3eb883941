package vellum.bench.peers;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The peers there are. The first is what the others are compared with. A client library is compiled
 * against with scope {@code provided} and is on the class path only of the process that measures
 * its peer; a peer's class is loaded there only.
 */
enum PeerKind {
  VELLUM("Vellum", "", ""),
  POSTGRESQL("PostgreSQL 15", "postgresql", "postgresql"),
  KAFKA("Kafka", "kafka", "kafka"),
  KAFKA_FORCED("Kafka, each message forced", "kafka", "kafka"),
  QUESTDB("QuestDB", "questdb questdb-client", "questdb-client"),
  KAFKA_CASSANDRA("Kafka and Cassandra", "kafka cassandra cassandra-client", "cassandra-client");

  private final String title;
  private final String projects;
  private final String clientProjects;

  /**
   * @param title for people
   * @param projects under {@code bench/peers} whose jars it needs, for servers or clients
   * @param clientProjects those of them that the measuring process has on its class path, behind
   *     its own; names with spaces between them
   */
  PeerKind(String title, String projects, String clientProjects) {
    this.title = title;
    this.projects = projects;
    this.clientProjects = clientProjects;
  }

  String title() {
    return title;
  }

  List<String> projects() {
    return names(projects);
  }

  List<String> clientProjects() {
    return names(clientProjects);
  }

  private static List<String> names(String names) {
    return names.isEmpty() ? List.of() : List.of(names.split(" ", -1));
  }

  /** As the command line has it: {@code kafka-forced}. */
  String option() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The peer, not started. Called in a process that has the jars of {@link #clientProjects}. */
  Peer open(PeerPlace place) throws IOException {
    return switch (this) {
      case VELLUM -> new VellumPeer(place);
      case POSTGRESQL -> new PostgresPeer(place);
      case KAFKA -> new KafkaPeer(place, false, KafkaPeer.HEAP_MIB);
      case KAFKA_FORCED -> new KafkaPeer(place, true, KafkaPeer.HEAP_MIB);
      case QUESTDB -> new QuestDbPeer(place);
      case KAFKA_CASSANDRA -> new CassandraPeer(place);
    };
  }
}
