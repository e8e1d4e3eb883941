package vellum.bench.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * One Cassandra node, alone in its cluster, with the settings it is shipped with but for what a
 * single node on loopback needs, and without snapshots of tables that are dropped: they would keep
 * what the strip removes. For one thread.
 */
final class CassandraServer implements AutoCloseable {

  static final int HEAP_MIB = 1024;
  static final int DIRECT_MIB = 256;

  private static final String PROJECT = "cassandra";
  private static final int CONNECT_MS = 1_000;
  private static final int NEWEST_JAVA = 17;

  /** What its jvm17-server.options opens of the JDK, less what is for its tools. */
  private static final Set<String> OPENED =
      Set.of(
          "--add-exports=java.base/jdk.internal.misc",
          "--add-exports=java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "--add-exports=java.rmi/sun.rmi.registry",
          "--add-exports=java.rmi/sun.rmi.server",
          "--add-exports=java.sql/java.sql",
          "--add-exports=java.base/java.lang.ref",
          "--add-exports=jdk.unsupported/sun.misc",
          "--add-opens=java.base/java.lang.module",
          "--add-opens=java.base/jdk.internal.loader",
          "--add-opens=java.base/jdk.internal.ref",
          "--add-opens=java.base/jdk.internal.reflect",
          "--add-opens=java.base/jdk.internal.math",
          "--add-opens=java.base/jdk.internal.module",
          "--add-opens=java.base/jdk.internal.util.jar",
          "--add-opens=jdk.management/com.sun.management.internal",
          "--add-opens=java.base/sun.nio.ch",
          "--add-opens=java.base/java.io",
          "--add-opens=java.base/java.lang.reflect",
          "--add-opens=java.base/java.lang",
          "--add-opens=java.base/java.util");

  private final PeerPlace place;
  private final PeerProcess process;
  private final int port = PeerProcess.freePort();
  private final int storagePort = PeerProcess.freePort();
  private final int jmxPort = PeerProcess.freePort();

  private CassandraServer(PeerPlace place) throws IOException, InterruptedException {
    this.place = place;
    Path conf = place.scratch().resolve(PROJECT);
    Files.createDirectories(conf.resolve("tmp"));
    Files.createDirectories(data(place));
    Files.write(conf.resolve("cassandra.yaml"), settings());
    Files.write(conf.resolve("logback.xml"), logging());
    process = PeerProcess.start(command(conf), Map.of(), place.log(PROJECT));
    try {
      process.await(this::listens);
    } catch (IOException | InterruptedException | RuntimeException e) {
      process.kill();
      throw e;
    }
  }

  /** Starts it on what is in {@link #data} and waits until it takes connections. */
  static CassandraServer start(PeerPlace place) throws IOException, InterruptedException {
    int java = Runtime.version().feature();
    if (java > NEWEST_JAVA) {
      throw new IOException("Cassandra 5.0 runs on Java " + NEWEST_JAVA + ", this is " + java);
    }
    return new CassandraServer(place);
  }

  static Path data(PeerPlace place) {
    return place.data().resolve(PROJECT);
  }

  static Path commitLog(PeerPlace place) {
    return data(place).resolve("commitlog");
  }

  private List<String> command(Path conf) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    OPENED.forEach(opened -> command.add(opened + "=ALL-UNNAMED"));
    command.add("-javaagent:" + agent());
    command.addAll(List.of("-Xms" + HEAP_MIB + "m", "-Xmx" + HEAP_MIB + "m"));
    command.add("-XX:MaxDirectMemorySize=" + DIRECT_MIB + "m");
    command.add("-XX:+UseG1GC");
    command.add("-XX:MaxGCPauseMillis=300");
    command.add("-Dio.netty.tryReflectionSetAccessible=true");
    command.add("-Djava.io.tmpdir=" + conf.resolve("tmp"));
    command.add("-Dcassandra.config=" + conf.resolve("cassandra.yaml").toUri());
    command.add("-Dlogback.configurationFile=" + conf.resolve("logback.xml"));
    command.add("-Dcassandra.storagedir=" + data(place));
    command.add("-Dcassandra.jmx.local.port=" + jmxPort);
    command.add("-Dcassandra-foreground=yes");
    // It is alone: there is nobody to wait for.
    command.add("-Dcassandra.skip_wait_for_gossip_to_settle=0");
    command.add("-Dcassandra.ring_delay_ms=0");
    command.addAll(place.classPath(PROJECT));
    command.add("org.apache.cassandra.service.CassandraDaemon");
    return command;
  }

  /** What measures its memtables. */
  private Path agent() throws IOException {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(place.jars().of(PROJECT), "jamm-*.jar")) {
      for (Path jar : jars) {
        return jar;
      }
    }
    throw new IOException("no jamm jar in " + place.jars().of(PROJECT));
  }

  private List<String> settings() {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "cluster_name: peer",
                "partitioner: org.apache.cassandra.dht.Murmur3Partitioner",
                "num_tokens: 16",
                "endpoint_snitch: SimpleSnitch",
                "listen_address: 127.0.0.1",
                "rpc_address: 127.0.0.1",
                "storage_port: " + storagePort,
                "native_transport_port: " + port,
                "auto_bootstrap: false",
                "auto_snapshot: false",
                "commitlog_sync: periodic",
                "commitlog_sync_period: 10000ms",
                "seed_provider:",
                "  - class_name: org.apache.cassandra.locator.SimpleSeedProvider",
                "    parameters:",
                "      - seeds: \"127.0.0.1:" + storagePort + "\"",
                "data_file_directories: [\"" + data(place).resolve("data") + "\"]",
                "commitlog_directory: " + commitLog(place)));
    for (String directory : List.of("saved_caches", "hints", "cdc_raw")) {
      lines.add(directory + "_directory: " + data(place).resolve(directory));
    }
    return lines;
  }

  private static List<String> logging() {
    return List.of(
        "<configuration>",
        "  <appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\">",
        "    <encoder><pattern>%d %level %logger{0} %msg%n</pattern></encoder>",
        "  </appender>",
        "  <root level=\"WARN\"><appender-ref ref=\"out\"/></root>",
        "</configuration>");
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Where clients connect. */
  int port() {
    return port;
  }

  /** Writes a month's records anew, without columns that were dropped, and cuts the commit log. */
  @SuppressWarnings("BanJNDI") // What answers is the process started above, on loopback.
  void rewrite(String table) throws IOException {
    JMXServiceURL url =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + jmxPort + "/jmxrmi");
    try (JMXConnector connector = JMXConnectorFactory.connect(url)) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      ObjectName storage = new ObjectName("org.apache.cassandra.db:type=StorageService");
      String[] signature = {String.class.getName(), String[].class.getName()};
      // A file of the commit log goes when nothing in it is of an unflushed table, of any keyspace.
      for (Object keyspace : (List<?>) server.getAttribute(storage, "Keyspaces")) {
        Object[] all = {keyspace, new String[0]};
        server.invoke(storage, "forceKeyspaceFlush", all, signature);
      }
      server.invoke(
          storage,
          "forceKeyspaceCompaction",
          new Object[] {false, CassandraTables.KEYSPACE, new String[] {table}},
          new String[] {boolean.class.getName(), String.class.getName(), String[].class.getName()});
    } catch (JMException e) {
      throw new IOException("Cassandra did not rewrite " + table, e);
    }
  }

  void stop() throws InterruptedException {
    process.stop();
  }

  @Override
  public void close() {
    process.kill();
  }
}
