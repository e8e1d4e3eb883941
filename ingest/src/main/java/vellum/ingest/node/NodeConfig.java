package vellum.ingest.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.apply.ApplyConfig;
import vellum.core.audit.AuditConfig;
import vellum.core.journal.JournalConfig;
import vellum.ingest.api.ApiConfig;
import vellum.ingest.server.ServerConfig;
import vellum.ingest.tls.TlsConfig;

/**
 * The whole configuration of a node, one section a package; {@code config/vellum.yaml} documents
 * each setting.
 *
 * @param node where the data are
 * @param keys where the key-encryption key comes from
 * @param retention the policy of the first start, and the clock that erases
 * @param suspense which records go into suspense
 * @param audit when the audit trail is signed, and where that is copied
 * @param cases how long closed cases are kept
 * @param access who may come in
 * @param ingest the streaming server
 * @param http the HTTP server
 * @param tls of both servers
 * @param log what is logged, and where
 */
public record NodeConfig(
    RunConfig node,
    KeysConfig keys,
    JournalConfig journal,
    StoreConfig store,
    ApplyConfig apply,
    RetentionConfig retention,
    SuspenseConfig suspense,
    AuditConfig audit,
    CasesConfig cases,
    AccessConfig access,
    ServerConfig ingest,
    ApiConfig http,
    TlsConfig tls,
    LogConfig log) {

  public NodeConfig {
    // The journal is released by whole segments, and the live one never: below two of them a
    // throttled node might wait for ever for what it does not write.
    if (node.throttleBytes() < 2 * journal.segmentBytes()) {
      throw new NodeException.BadConfig(
          "node.throttle_bytes must be at least twice journal.segment_bytes: "
              + node.throttleBytes()
              + " and "
              + journal.segmentBytes()
              + " bytes");
    }
  }

  /** The defaults. */
  public static NodeConfig defaults() {
    return new NodeConfig(
        RunConfig.defaults(),
        KeysConfig.defaults(),
        JournalConfig.defaults(),
        StoreConfig.defaults(),
        ApplyConfig.defaults(),
        RetentionConfig.defaults(),
        SuspenseConfig.defaults(),
        AuditConfig.defaults(),
        CasesConfig.defaults(),
        AccessConfig.defaults(),
        ServerConfig.defaults(),
        ApiConfig.defaults(),
        TlsConfig.defaults(),
        LogConfig.defaults());
  }

  /**
   * Reads the configuration: flags come before the environment, that before the file, that before
   * the defaults.
   *
   * @param file YAML; null when there is none
   * @param environment of which {@code VELLUM_JOURNAL_ACK} and its like are read
   * @param flags {@code journal.ack=memory} and the like
   * @throws NodeException.BadConfig naming file and line, variable or flag
   */
  public static NodeConfig load(
      @Nullable Path file, Map<String, String> environment, List<String> flags) {
    return of(Settings.given(sections(), file, environment, flags));
  }

  /** The defaults with what is given. */
  static NodeConfig of(Settings settings) {
    NodeConfig defaults = defaults();
    return new NodeConfig(
        Sections.NODE.read(settings, defaults.node),
        Sections.KEYS.read(settings, defaults.keys),
        Sections.JOURNAL.read(settings, defaults.journal),
        Sections.STORE.read(settings, defaults.store),
        Sections.APPLY.read(settings, defaults.apply),
        Sections.RETENTION.read(settings, defaults.retention),
        Sections.SUSPENSE.read(settings, defaults.suspense),
        Sections.AUDIT.read(settings, defaults.audit),
        Sections.CASES.read(settings, defaults.cases),
        Sections.ACCESS.read(settings, defaults.access),
        Sections.INGEST.read(settings, defaults.ingest),
        Sections.HTTP.read(settings, defaults.http),
        Sections.TLS.read(settings, defaults.tls),
        Sections.LOG.read(settings, defaults.log));
  }

  static List<Section<?>> sections() {
    return List.of(
        Sections.NODE,
        Sections.KEYS,
        Sections.JOURNAL,
        Sections.STORE,
        Sections.APPLY,
        Sections.RETENTION,
        Sections.SUSPENSE,
        Sections.AUDIT,
        Sections.CASES,
        Sections.ACCESS,
        Sections.INGEST,
        Sections.HTTP,
        Sections.TLS,
        Sections.LOG);
  }

  /** The same with its data elsewhere. */
  public NodeConfig withData(Path data) {
    RunConfig moved =
        new RunConfig(data, node.keyEncryptionFile(), node.throttleBytes(), node.stopWithin());
    return new NodeConfig(
        moved, keys, journal, store, apply, retention, suspense, audit, cases, access, ingest, http,
        tls, log);
  }

  /** The same, answering the orders of those whom a file names; empty: nobody's. */
  public NodeConfig withAuthorities(Path authorities) {
    return new NodeConfig(
        node,
        keys,
        journal,
        store,
        apply,
        retention,
        suspense,
        audit,
        cases.withAuthorities(authorities),
        access,
        ingest,
        http,
        tls,
        log);
  }

  /** The same, listening at other ports; 0 takes a free one. */
  public NodeConfig withPorts(int tcpPort, int httpPort) {
    return new NodeConfig(
        node,
        keys,
        journal,
        store,
        apply,
        retention,
        suspense,
        audit,
        cases,
        access,
        ingest.at(ingest.host(), tcpPort),
        http.at(httpPort),
        tls,
        log);
  }

  /** Every setting with its value, in the order of the file: {@code journal.ack} → {@code disk}. */
  public Map<String, String> settings() {
    Map<String, String> all = new java.util.LinkedHashMap<>();
    Sections.NODE.write(node, all);
    Sections.KEYS.write(keys, all);
    Sections.JOURNAL.write(journal, all);
    Sections.STORE.write(store, all);
    Sections.APPLY.write(apply, all);
    Sections.RETENTION.write(retention, all);
    Sections.SUSPENSE.write(suspense, all);
    Sections.AUDIT.write(audit, all);
    Sections.CASES.write(cases, all);
    Sections.ACCESS.write(access, all);
    Sections.INGEST.write(ingest, all);
    Sections.HTTP.write(http, all);
    Sections.TLS.write(tls, all);
    Sections.LOG.write(log, all);
    return all;
  }

  /** The sections by their names in the file. */
  private static final class Sections {
    static final Section<RunConfig> NODE = new Section<>("node", RunConfig.class);
    static final Section<KeysConfig> KEYS = new Section<>("keys", KeysConfig.class);
    static final Section<JournalConfig> JOURNAL = new Section<>("journal", JournalConfig.class);
    static final Section<StoreConfig> STORE = new Section<>("store", StoreConfig.class);
    static final Section<ApplyConfig> APPLY = new Section<>("apply", ApplyConfig.class);
    static final Section<RetentionConfig> RETENTION =
        new Section<>("retention", RetentionConfig.class);
    static final Section<SuspenseConfig> SUSPENSE = new Section<>("suspense", SuspenseConfig.class);
    static final Section<AuditConfig> AUDIT = new Section<>("audit", AuditConfig.class);
    static final Section<CasesConfig> CASES = new Section<>("cases", CasesConfig.class);
    static final Section<AccessConfig> ACCESS = new Section<>("access", AccessConfig.class);
    static final Section<ServerConfig> INGEST = new Section<>("ingest", ServerConfig.class);
    static final Section<ApiConfig> HTTP = new Section<>("http", ApiConfig.class);
    static final Section<TlsConfig> TLS = new Section<>("tls", TlsConfig.class);
    static final Section<LogConfig> LOG = new Section<>("log", LogConfig.class);
  }
}
