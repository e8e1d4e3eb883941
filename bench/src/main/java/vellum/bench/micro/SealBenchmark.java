package vellum.bench.micro;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import vellum.bench.engine.Engine;
import vellum.bench.process.WorkDirectory;
import vellum.core.disk.RealDisk;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.DefaultCalendar;
import vellum.core.registry.RegistryStore;
import vellum.core.seal.AccountFacts;
import vellum.core.seal.BatchSealer;
import vellum.core.seal.PeriodGate;
import vellum.core.seal.RegistryFacts;
import vellum.core.seal.SealedBatch;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.DetailRecord;

/**
 * From Protobuf bytes to a sealed batch: parse, validation, canonical form, seal, pseudonym,
 * encoding. One operation is one message of generated traffic.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealBenchmark {

  private static final int MESSAGES = 500;
  private static final String[] ZONES = {
    "Asia/Kolkata", "America/St_Johns", "Asia/Kathmandu", "Pacific/Chatham", "Europe/Berlin"
  };
  private static final Instant NOW = SealedTraffic.NOW;

  /** Share of records whose later aspects come as messages of their own. */
  @Param({"0.0", "0.5"})
  double aspects;

  /**
   * Whether accounts and suppliers are registered: none, all but without asking for their zones, or
   * all, in zones far from UTC.
   */
  @Param({"none", "unasked", "zones"})
  String registry = "none";

  private List<byte[]> messages = new ArrayList<>();
  private Path directory = Path.of("");
  private @Nullable WorkDirectory work;
  private @Nullable BatchSealer sealer;

  /** Makes keys and traffic. */
  @Setup
  public void open() throws IOException {
    WorkDirectory made = WorkDirectory.temporary();
    work = made;
    directory = made.path();
    messages = new ArrayList<>();
    Set<String> accounts = new TreeSet<>();
    Set<String> suppliers = new TreeSet<>();
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(7, MESSAGES, NOW.minus(Duration.ofDays(1)), NOW)
                .withShares(0, 0, aspects));
    while (messages.size() < MESSAGES && traffic.next()) {
      DetailRecord record = traffic.record();
      messages.add(record.toByteArray());
      accounts.add(record.getAccount());
      record.getLegsList().forEach(leg -> suppliers.add(leg.getSupplier()));
    }
    sealer = sealer(directory, facts(accounts, suppliers));
  }

  private AccountFacts facts(Set<String> accounts, Set<String> suppliers) {
    if (registry.equals("none")) {
      return AccountFacts.NONE;
    }
    StringBuilder yaml = new StringBuilder("format: 1\naccounts:\n");
    int turn = 0;
    for (String account : accounts) {
      yaml.append("  - id: ").append(account).append("\n    terms:\n      - {from: 2020-01-01,");
      yaml.append(" billing_zone: ").append(zone(turn++)).append(", currency: EUR,");
      yaml.append(" law_country: DE}\n");
    }
    yaml.append("suppliers:\n");
    for (String supplier : suppliers) {
      yaml.append("  - id: ").append(supplier).append("\n    terms:\n      - {from: 2020-01-01,");
      yaml.append(" zone: ").append(zone(turn++)).append(", currency: EUR}\n");
    }
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1);
        Store control =
            stores.openSynced(
                directory.resolve("control"), RegistryStore.TABLES, StoreOptions.control())) {
      RegistryStore store = new RegistryStore(control);
      store.importYaml(new ByteArrayInputStream(yaml.toString().getBytes(StandardCharsets.UTF_8)));
      RegistryFacts facts = new RegistryFacts(store::registry);
      return registry.equals("zones") ? facts : new Unasked(facts);
    }
  }

  private static String zone(int turn) {
    return ZONES[turn % ZONES.length];
  }

  /** The registry's facts, without zones. */
  private record Unasked(AccountFacts facts) implements AccountFacts {
    @Override
    public boolean isRegistered(String account) {
      return facts.isRegistered(account);
    }

    @Override
    public boolean isBusinessSender(String account, CanonicalIdentity identity, long atMicros) {
      return facts.isBusinessSender(account, identity, atMicros);
    }

    @Override
    public boolean freeTextIsClear(String account, long atMicros) {
      return facts.freeTextIsClear(account, atMicros);
    }

    @Override
    public int contentDays(String account, int channel, long atMicros) {
      return facts.contentDays(account, channel, atMicros);
    }

    @Override
    public String lawCountry(String account, long atMicros) {
      return facts.lawCountry(account, atMicros);
    }
  }

  private static BatchSealer sealer(Path directory, AccountFacts facts) {
    return new BatchSealer(
        new DefaultCalendar(),
        Engine.keys(directory, NOW),
        PeriodGate.ALWAYS,
        facts,
        InstantSource.fixed(NOW));
  }

  /** Seals a batch of 500. */
  @Benchmark
  @OperationsPerInvocation(MESSAGES)
  public SealedBatch seal() {
    return SealedTraffic.seal(Objects.requireNonNull(sealer), messages);
  }

  /** Removes the keys. */
  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(work).close();
  }
}
