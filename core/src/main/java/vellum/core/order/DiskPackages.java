package vellum.core.order;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.ScopeJson;
import vellum.core.disclosure.ClassFilter;
import vellum.core.disclosure.Disclosed;
import vellum.core.disclosure.EtsiHeader;
import vellum.core.disclosure.Manifest;
import vellum.core.disclosure.PackageException;
import vellum.core.disclosure.PackageFacts;
import vellum.core.disclosure.PackagePorts;
import vellum.core.disclosure.PackageSpec;
import vellum.core.disclosure.PackageState;
import vellum.core.disclosure.PackageWriter;
import vellum.core.disclosure.RecordForm;
import vellum.core.disclosure.Source;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.EnvelopeException;
import vellum.core.record.MessageJson;
import vellum.core.seal.Identities;
import vellum.core.search.ErasedPeriod;
import vellum.core.search.Found;
import vellum.v1.Privacy;
import vellum.v1.UsageRecord;

/**
 * Packages as directories on this machine, one an order, by its code. Thread-safe; what makes one
 * is not.
 */
public final class DiskPackages implements Packages {

  /** What a package has when it is complete, and not before. */
  private static final String LAST = "manifest.json.p7m";

  /** Events that a manifest holds, at most. */
  private static final int MOST_EVENTS = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;
  private final PackageParts parts;

  /**
   * @param root made when the first package is
   */
  public DiskPackages(Path root, PackageParts parts) {
    this.root = root;
    this.parts = parts;
  }

  private Path directory(CaseId id) {
    return root.resolve(id.code().toLowerCase(Locale.ROOT));
  }

  @Override
  public Making open(Order order, byte[] state) {
    if (state.length == 0) {
      remove(order.id());
    }
    try {
      PackageState from =
          state.length == 0 ? PackageState.EMPTY : PackageState.of(JSON.readTree(state));
      Files.createDirectories(root);
      return new OnDisk(
          order,
          PackageWriter.resume(directory(order.id()), from, spec(order), ports(order.terms())));
    } catch (IOException e) {
      throw new OrderException.PackageFailed("DISK_FAILED", "the package cannot be begun");
    } catch (PackageException e) {
      throw refused(e);
    }
  }

  private PackagePorts ports(OrderTerms terms) {
    try {
      return new PackagePorts(
          AgencyCertificate.of(terms.certificate(), parts.clock().instant()),
          parts.signer(),
          parts.disk(),
          parts.random(),
          parts.clock(),
          parts.stamps());
    } catch (EnvelopeException e) {
      throw new OrderException.CertificateRefused(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private PackageSpec spec(Order order) {
    OrderTerms terms = order.terms();
    Set<RecordForm> forms = EnumSet.noneOf(RecordForm.class);
    terms.forms().forEach(form -> forms.add(RecordForm.valueOf(form.toUpperCase(Locale.ROOT))));
    Set<Privacy> classes = EnumSet.noneOf(Privacy.class);
    terms.classes().forEach(one -> classes.add(Privacy.valueOf(one.name())));
    OrderRun run = Objects.requireNonNull(order.run(), "an order is run before it is packed");
    EtsiHeader etsi =
        forms.contains(RecordForm.ETSI)
            ? new EtsiHeader(
                terms.country(),
                terms.authorityName(),
                terms.reference(),
                parts.provider(),
                run.begun().at(),
                parts.schema())
            : null;
    return new PackageSpec(forms, ClassFilter.of(classes), PackageSpec.MOST_PART_RECORDS, etsi);
  }

  /** What a package's own fault is to its order. */
  static OrderException refused(PackageException e) {
    return e instanceof PackageException.NoRoom full
        ? new OrderException.NoRoom(full.neededBytes())
        : new OrderException.PackageFailed(e.code(), String.valueOf(e.getMessage()));
  }

  @Override
  public List<PackageFile> files(CaseId id) {
    Path directory = directory(id);
    if (!Files.isRegularFile(directory.resolve(LAST))) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(directory)) {
      List<PackageFile> files = new ArrayList<>();
      for (Path path : list.sorted(Comparator.comparing(Path::getFileName)).toList()) {
        files.add(new PackageFile(path.getFileName().toString(), Files.size(path)));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException("a package cannot be listed", e);
    }
  }

  @Override
  public Optional<byte[]> read(CaseId id, String name, long offset, int limit) {
    boolean isThere = files(id).stream().anyMatch(file -> file.name().equals(name));
    if (!isThere) {
      return Optional.empty();
    }
    try (SeekableByteChannel file =
        Files.newByteChannel(directory(id).resolve(name), StandardOpenOption.READ)) {
      long left = Math.max(0, file.size() - offset);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(left, limit));
      file.position(Math.min(offset, file.size()));
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // Until it is full.
      }
      return Optional.of(bytes.array());
    } catch (IOException e) {
      throw new UncheckedIOException("a file of a package cannot be read", e);
    }
  }

  @Override
  public void remove(CaseId id) {
    Path directory = directory(id);
    if (Files.notExists(directory)) {
      return;
    }
    try (Stream<Path> list = Files.list(directory)) {
      // The manifest first: what is left of a package without it is none.
      List<Path> files = list.sorted(Comparator.comparing(Path::getFileName)).toList();
      for (Path path : files) {
        Files.deleteIfExists(path);
      }
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("a package cannot be removed", e);
    }
  }

  /** A package while it is made in its directory. */
  private final class OnDisk implements Making {

    private final Order order;
    private final PackageWriter writer;

    /** Events of the usage log: they stand in the manifest, which is signed and encrypted. */
    private List<UsageRecord> usage = List.of();

    OnDisk(Order order, PackageWriter writer) {
      this.order = order;
      this.writer = writer;
    }

    @Override
    public void add(Found record, @Nullable ErasedPeriod missing) {
      boolean isShown =
          record.identified() && order.terms().classes().contains(GrantedClass.IDENTITY);
      try {
        writer.add(
            new Disclosed(
                record.record(),
                Source.valueOf(record.place().name()),
                isShown ? Identities.CLEAR : Identities.ABSENT,
                missing == null ? null : day(missing),
                missing == null ? null : missing.rule()));
      } catch (PackageException e) {
        throw refused(e);
      }
    }

    @Override
    public void add(List<UsageRecord> events) {
      if (events.size() > MOST_EVENTS) {
        throw new OrderException.PackageFailed(
            "TOO_MANY",
            "the usage log has more than " + MOST_EVENTS + " events of it: enter narrower orders");
      }
      usage = List.copyOf(events);
    }

    @Override
    public byte[] checkpoint() {
      try {
        return writer.checkpoint().json().toString().getBytes(StandardCharsets.UTF_8);
      } catch (PackageException e) {
        throw refused(e);
      }
    }

    @Override
    public String finish(long records, List<ErasedPeriod> missing) {
      ObjectNode about = OrderJson.terms(order.terms());
      about.remove(List.of("scope", "certificate", "classes", "forms"));
      about.put("id", order.id().text()).put("digest", order.terms().digest());
      MessageJson json = MessageJson.ofEvents();
      usage.forEach(
          event ->
              about.withArray("usage").addRawValue(new RawValue(json.text(event.toByteArray()))));
      OrderRun run = Objects.requireNonNull(order.run());
      OrderSteps.Step approved = order.steps().approved();
      try {
        Manifest made =
            writer.finish(
                new PackageFacts(
                    about,
                    ScopeJson.write(order.terms().scope()),
                    parts.policy().get(),
                    missing.stream().map(DiskPackages::erased).toList(),
                    run.begun().by(),
                    approved == null ? null : approved.by(),
                    parts.tool()));
        return made.digest();
      } catch (PackageException e) {
        throw refused(e);
      } catch (EnvelopeException e) {
        throw new OrderException.PackageFailed(e.code(), String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  private static String day(ErasedPeriod missing) {
    return missing.erasedAt() == null
        ? ""
        : missing.erasedAt().atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  private static vellum.core.disclosure.ErasedPeriod erased(ErasedPeriod one) {
    String name = one.period().isEmpty() ? one.from() + " to " + one.to() : one.period();
    return new vellum.core.disclosure.ErasedPeriod(
        name,
        day(one),
        one.what() == ErasedPeriod.What.NEVER_HELD ? one.text() : one.rule(),
        one.certificate().isEmpty() ? null : one.certificate());
  }
}
