package vellum.bench.disclosure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import vellum.bench.option.Bounds;
import vellum.bench.process.Usage;
import vellum.bench.process.WorkDirectory;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.PackageSigner;
import vellum.core.disclosure.ClassFilter;
import vellum.core.disclosure.EtsiHeader;
import vellum.core.disclosure.Manifest;
import vellum.core.disclosure.Origin;
import vellum.core.disclosure.PackageCheck;
import vellum.core.disclosure.PackageFacts;
import vellum.core.disclosure.PackagePorts;
import vellum.core.disclosure.PackageSpec;
import vellum.core.disclosure.PackageWriter;
import vellum.core.disclosure.RecordForm;
import vellum.core.disclosure.Source;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.AgencyKey;
import vellum.core.seal.Identities;
import vellum.ingest.demo.GeneratorOptions;
import vellum.ingest.demo.TrafficGenerator;
import vellum.v1.Privacy;

/** Makes packages of the same records in every form, and checks them as their receiver does. */
@Command(
    name = "package",
    header = "Records a second of packages, signed and encrypted.",
    description = {
      "Makes records in memory, then packages of them for an agency's certificate: records a second,"
          + " from the first one to the forced manifest, by one thread, and how long the receiver's"
          + " check takes. Finding and opening the records is not in it.",
      "Needs about 2 KiB of disk for each record."
    },
    mixinStandardHelpOptions = true)
public final class PackageCommand implements Callable<Integer> {

  private static final int DAYS = 10;
  private static final int MOST_RUNS = 1_000;
  private static final long BYTES_EACH = 2 << 10;

  /** Records that are made; a package has them again and again. */
  private static final int DISTINCT = 50_000;

  private static final double MIB = 1 << 20;
  private static final List<String> FORMS = List.of("csv", "ndjson", "etsi");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Records of a package (default: ${DEFAULT-VALUE}).")
  private long records = 1_000_000;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Packages of each form; the first ones warm up (default: ${DEFAULT-VALUE}).")
  private int runs = 3;

  @Option(
      names = "--forms",
      split = ",",
      defaultValue = "csv,ndjson,etsi",
      description = "Forms, in this order (default: ${DEFAULT-VALUE}).")
  private List<String> forms = FORMS;

  @Option(
      names = "--seed",
      defaultValue = "7",
      description = "Seed of the traffic (default: ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Option(names = "--dir", description = "Where to write (default: a new temporary directory).")
  private @Nullable Path dir;

  private final SecureRandom random = new SecureRandom();
  private double firstRate;

  @Override
  public Integer call() throws IOException {
    Bounds bounds = new Bounds(spec).records(records).within("--runs", runs, 1, MOST_RUNS);
    forms.forEach(form -> bounds.oneOf("--forms", form, FORMS));
    bounds.directory("--dir", dir).room(dir, records, BYTES_EACH);
    try (WorkDirectory work = WorkDirectory.of(dir)) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      List<byte[]> made = made(now);
      PackageSigner signer = signer(work.path(), now);
      for (String form : forms) {
        for (int run = 1; run <= runs; run++) {
          measure(work.path().resolve("package"), form, made, signer, now);
        }
      }
    }
    return 0;
  }

  private List<byte[]> made(Instant now) {
    TrafficGenerator traffic =
        new TrafficGenerator(
            GeneratorOptions.of(
                    seed, Math.min(records, DISTINCT), now.minus(Duration.ofDays(DAYS)), now)
                .withShares(0, 0, 0));
    List<byte[]> made = new ArrayList<>();
    while (traffic.next()) {
      made.add(traffic.record().toByteArray());
    }
    return made;
  }

  private PackageSigner signer(Path work, Instant now) {
    RealDisk disk = new RealDisk();
    Path keys = work.resolve("keys");
    List<KeyEncryption> by = KekFiles.open(work.resolve("kek"), disk, random).encryptions();
    KeyRing.open(keys, by, disk, random, InstantSource.fixed(now));
    return PackageSigner.open(keys, by, "bench", disk, random, InstantSource.fixed(now));
  }

  private void measure(Path out, String name, List<byte[]> made, PackageSigner signer, Instant now)
      throws IOException {
    DevelopmentAuthority.Issued agency =
        DevelopmentAgency.make(DevelopmentAgency.Key.P_256, now, random);
    RealDisk disk = new RealDisk();
    PackagePorts ports =
        new PackagePorts(
            AgencyCertificate.of(agency.certificate(), now),
            signer,
            disk,
            random,
            InstantSource.fixed(now),
            null);
    PackageSpec one =
        new PackageSpec(
            Set.of(RecordForm.valueOf(name.toUpperCase(Locale.ROOT))),
            ClassFilter.of(Set.of(Privacy.ROUTING, Privacy.IDENTITY)),
            PackageSpec.MOST_PART_RECORDS,
            new EtsiHeader("DE", "bench", "1", "vellum", now, null));
    long cpu = Usage.ownCpuNanos();
    long start = System.nanoTime();
    write(out, one, ports, made);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuSeconds = (Usage.ownCpuNanos() - cpu) / 1e9;
    long checking = System.nanoTime();
    PackageCheck.Report report =
        PackageCheck.check(out, AgencyKey.of(agency.key()), signer.certificatePem(), bytes -> {});
    double checked = (System.nanoTime() - checking) / 1e9;
    firstRate = firstRate == 0 ? records / seconds : firstRate;
    print(name, report, seconds, cpuSeconds, checked);
    disk.deleteTree(out);
  }

  private void write(Path out, PackageSpec one, PackagePorts ports, List<byte[]> made)
      throws IOException {
    Origin origin = new Origin(Source.LIVE, Identities.CLEAR, null, null);
    Files.createDirectories(out);
    try (PackageWriter writer = PackageWriter.begin(out, one, ports)) {
      for (long i = 0; i < records; i++) {
        byte[] record = made.get((int) (i % made.size()));
        writer.add(record, 0, record.length, origin);
      }
      Manifest manifest = writer.finish(PackageCommand.facts());
      if (manifest.records() != records) {
        throw new IllegalStateException("the package has " + manifest.records() + " records");
      }
    }
  }

  private static PackageFacts facts() {
    var none = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    return new PackageFacts(none, none, "1", List.of(), "bench", null, "bench");
  }

  private void print(
      String name, PackageCheck.Report report, double seconds, double cpu, double checked) {
    System.out.printf(
        Locale.ROOT,
        "%-7s %,d records in %.1f s: %,.0f records/s (%.2f of the first row), %.2f us CPU a record,"
            + " %.0f MiB/s, %d files, %.0f bytes a record, checked in %.1f s, heap %d MiB%n",
        name,
        report.records(),
        seconds,
        report.records() / seconds,
        report.records() / seconds / firstRate,
        cpu * 1e6 / report.records(),
        report.bytes() / MIB / seconds,
        report.files(),
        (double) report.bytes() / report.records(),
        checked,
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
  }
}
