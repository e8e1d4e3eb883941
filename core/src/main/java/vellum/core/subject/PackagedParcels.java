package vellum.core.subject;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vellum.core.casefile.CaseId;
import vellum.core.crypto.PackageSigner;
import vellum.core.disclosure.ClassFilter;
import vellum.core.disclosure.Disclosed;
import vellum.core.disclosure.PackageFacts;
import vellum.core.disclosure.PackagePorts;
import vellum.core.disclosure.PackageSpec;
import vellum.core.disclosure.PackageWriter;
import vellum.core.disclosure.RecordForm;
import vellum.core.disclosure.Source;
import vellum.core.disk.Disk;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.EnvelopeException;
import vellum.core.envelope.Passphrase;
import vellum.core.envelope.Recipient;
import vellum.core.seal.Identities;
import vellum.core.search.Found;
import vellum.v1.DetailRecord;
import vellum.v1.Privacy;

/**
 * Parcels as signed and encrypted packages, one directory each: records as CSV and NDJSON, and the
 * answer's document, {@code answer.json}. Nothing of them is on the disk in clear. A
 * directory without a manifest is no package, and is nobody's. Thread-safe.
 */
public final class PackagedParcels implements Parcels {

  private static final String MANIFEST = "manifest.json.p7m";
  private static final String MAKING = ".making";
  private static final String ANSWER = "answer.json";
  private static final int PART_RECORDS = 20_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final Making making;
  private final Supplier<String> policy;
  private final String tool;

  /**
   * What packages are made with.
   *
   * @param signer signs manifests
   * @param random makes passphrases
   */
  public record Making(PackageSigner signer, Disk disk, SecureRandom random, InstantSource clock) {}

  /**
   * @param directory of all packages; made when absent
   * @param policy version of the policy in force
   * @param tool version of the program
   */
  public PackagedParcels(Path directory, Making making, Supplier<String> policy, String tool) {
    this.directory = directory;
    this.making = making;
    this.policy = policy;
    this.tool = tool;
  }

  @Override
  public Opened open(Request request, String certificate) {
    Recipient to = recipient(certificate);
    remove(request.id());
    PackageWriter writer =
        PackageWriter.begin(
            of(request.id()),
            new PackageSpec(
                Set.of(RecordForm.CSV, RecordForm.NDJSON), classes(request), PART_RECORDS, null),
            new PackagePorts(
                to, making.signer(), making.disk(), making.random(), making.clock(), null));
    return new Opened(
        new Packaged(request, writer), to instanceof Passphrase made ? made.reveal() : "");
  }

  private Recipient recipient(String certificate) {
    try {
      return certificate.isEmpty()
          ? Passphrase.make(making.random())
          : AgencyCertificate.of(certificate, making.clock().instant());
    } catch (EnvelopeException e) {
      throw new RequestException.BadCertificate(e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** What the customer pays is an account's own, and no person's. */
  private static ClassFilter classes(Request request) {
    Set<Privacy> classes = EnumSet.of(Privacy.ROUTING, Privacy.IDENTITY);
    if (request.order().who().isEmpty()) {
      classes.addAll(Set.of(Privacy.BILLING, Privacy.FREE_TEXT));
    }
    return ClassFilter.of(classes);
  }

  private Path of(CaseId id) {
    return directory.resolve(id.code());
  }

  @Override
  public void remove(CaseId id) {
    try {
      Path path = of(id);
      if (Files.exists(path)) {
        making.disk().deleteTree(path);
      }
    } catch (IOException e) {
      throw new RequestException.ParcelFailed(e);
    }
  }

  @Override
  public List<String> files(CaseId id) {
    Path path = of(id);
    if (!Files.isRegularFile(path.resolve(MANIFEST))) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.endsWith(MAKING))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RequestException.ParcelFailed(e);
    }
  }

  @Override
  public Optional<byte[]> file(CaseId id, String name) {
    if (!files(id).contains(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(of(id).resolve(name)));
    } catch (IOException e) {
      throw new RequestException.ParcelFailed(e);
    }
  }

  private final class Packaged implements Parcel {

    private final Request request;
    private final PackageWriter writer;

    private Packaged(Request request, PackageWriter writer) {
      this.request = request;
      this.writer = writer;
    }

    @Override
    public void add(Found found, DetailRecord shown) {
      Source source =
          switch (found.place()) {
            case LIVE -> Source.LIVE;
            case VAULT -> Source.VAULT;
            case ARCHIVE -> Source.ARCHIVE;
          };
      Identities identities = found.identified() ? Identities.CLEAR : Identities.ABSENT;
      writer.add(new Disclosed(shown, source, identities, null, null));
    }

    @Override
    public String finish(byte[] answer) {
      try {
        writer.attach(ANSWER, answer);
        ObjectNode asked =
            JSON.createObjectNode()
                .put("id", request.id().text())
                .put("kind", request.kind().text());
        return writer
            .finish(
                new PackageFacts(asked, scope(), policy.get(), List.of(), decider(), null, tool))
            .digest();
      } finally {
        writer.close();
      }
    }

    private ObjectNode scope() {
      ObjectNode scope = JSON.createObjectNode();
      ArrayNode accounts = scope.putArray("accounts");
      request.order().accounts().forEach(accounts::add);
      return scope.put("identities", request.order().who().size());
    }

    private String decider() {
      return request.decision().map(Decision::by).orElse("");
    }

    @Override
    public void abandon() {
      writer.close();
      remove(request.id());
    }
  }
}
