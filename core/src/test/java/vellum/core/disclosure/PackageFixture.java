package vellum.core.disclosure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority.Issued;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyEncryption;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.PackageSigner;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.core.envelope.AgencyCertificate;
import vellum.core.envelope.AgencyKey;
import vellum.core.envelope.CmsOpener;
import vellum.core.envelope.OpeningKey;
import vellum.core.envelope.Recipient;
import vellum.core.envelope.StampPort;
import vellum.core.seal.Identities;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;

/** An installation that signs, an agency, and records to disclose. */
final class PackageFixture {

  /** Before the clock of any machine that runs this, since openssl checks the validity by it. */
  static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

  static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
  static final SecureRandom RANDOM = new SecureRandom();
  static final String CANARY = "+491701234567";
  static final Origin LIVE = new Origin(Source.LIVE, Identities.CLEAR, null, null);
  static final Origin STRIPPED =
      new Origin(Source.ARCHIVE, Identities.ABSENT, "2026-04-01", "twelve months, \"default\"");

  final Path packages;
  final PackageSigner signer;
  final Issued agency;

  PackageFixture(Path directory, DevelopmentAgency.Key kind) {
    try {
      this.packages = Files.createDirectories(directory).resolve("package");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Disk disk = new RealDisk();
    Path keys = directory.resolve("keys");
    List<KeyEncryption> by =
        KekFiles.open(directory.resolve("current.kek"), disk, RANDOM).encryptions();
    KeyRing.open(keys, by, disk, RANDOM, InstantSource.fixed(MADE));
    signer = PackageSigner.open(keys, by, "incarnation", disk, RANDOM, InstantSource.fixed(MADE));
    agency = DevelopmentAgency.make(kind, MADE, RANDOM);
  }

  AgencyCertificate certificate() {
    return AgencyCertificate.of(agency.certificate(), NOW);
  }

  AgencyKey key() {
    return AgencyKey.of(agency.key());
  }

  PackagePorts ports() {
    return ports(certificate(), new RealDisk(), null);
  }

  PackagePorts ports(Recipient to, Disk disk, @Nullable StampPort stamps) {
    return new PackagePorts(to, signer, disk, RANDOM, InstantSource.fixed(NOW), stamps);
  }

  static PackageSpec spec(int partRecords, RecordForm... forms) {
    return spec(ClassFilter.all(), partRecords, null, forms);
  }

  static PackageSpec spec(
      ClassFilter classes, int partRecords, @Nullable Path schema, RecordForm... forms) {
    EtsiHeader header = new EtsiHeader("DE", "LKA <1>", "4711/26", "vellum & co", NOW, schema);
    return new PackageSpec(Set.of(forms), classes, partRecords, header);
  }

  static PackageFacts facts() {
    ObjectNode order = JsonNodeFactory.instance.objectNode().put("id", "O-4F7K2Q9M");
    ObjectNode scope = JsonNodeFactory.instance.objectNode().put("number", CANARY);
    return new PackageFacts(
        order,
        scope,
        "7",
        List.of(new ErasedPeriod("2025-03.default", "2026-04-01", "twelve months", null)),
        "olga",
        "paul",
        "0.1.0");
  }

  Manifest write(PackageSpec spec, List<Disclosed> records) {
    try (PackageWriter writer = PackageWriter.begin(packages, spec, ports())) {
      records.forEach(writer::add);
      return writer.finish(facts());
    }
  }

  PackageCheck.Report check() {
    return PackageCheck.check(packages, key(), signer.certificatePem(), bytes -> {});
  }

  /** Opened files of records by name. */
  Map<String, String> opened(OpeningKey by) throws IOException {
    Map<String, String> opened = new TreeMap<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".p7m") && name.startsWith("records-")) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(file)) {
          CmsOpener.open(in, by, bytes);
        }
        opened.put(name, bytes.toString(UTF_8));
      }
    }
    return opened;
  }

  List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(packages)) {
      return list.sorted().toList();
    }
  }

  /** Records of every kind. */
  static List<Disclosed> records(int count) {
    List<Disclosed> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DetailRecord record =
          switch (i % 4) {
            case 0 -> sms(i);
            case 1 -> call(i);
            case 2 -> mail(i);
            default -> stripped(i);
          };
      Origin origin = i % 4 == 3 ? STRIPPED : LIVE;
      records.add(
          new Disclosed(
              record, origin.source(), origin.shown(), origin.erasedOn(), origin.byRule()));
    }
    return records;
  }

  private static DetailRecord.Builder base(int i, Channel channel) {
    return DetailRecord.newBuilder()
        .setRecordId(String.format("019a9f3e-5c1b-7d4e-8f00-%012d", i))
        .setStartedAt(at(i))
        .setAccount("acme")
        .setChannel(channel);
  }

  static Timestamp at(int i) {
    return Timestamp.newBuilder().setSeconds(1_790_000_000L + i).setNanos(5_000_000).build();
  }

  static DetailRecord sms(int i) {
    return base(i, Channel.SMS)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(party(IdentifierKind.ALPHANUMERIC, "Acme, \"the\" <bank>"))
                .setRecipient(
                    party(IdentifierKind.E164, CANARY).toBuilder()
                        .addIdentifiers(identifier(IdentifierKind.IMSI, "262011234567890")))
                .setMccMnc("26201")
                .setUtcOffsetMinutes(-90)
                .setClientRef("for Jörg\u2028"))
        .setDelivery(
            Delivery.newBuilder()
                .setVersion(2)
                .setStatusGroup(StatusGroup.DELIVERED)
                .setStatus("delivered")
                .setPermanent(true)
                .setDoneAt(at(i + 3)))
        .setRating(
            Rating.newBuilder().setVersion(1).setSalePriceNanos(35_000_000).setCurrency("EUR"))
        .addLegs(Leg.newBuilder().setVersion(1).setNumber(1).setSupplier("one, two"))
        .addLegs(Leg.newBuilder().setVersion(1).setNumber(2).setSupplier("three"))
        .build();
  }

  private static DetailRecord call(int i) {
    return base(i, Channel.VOICE)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setSender(party(IdentifierKind.E164, "+4930123456"))
                .setRecipient(party(IdentifierKind.E164, CANARY)))
        .setDelivery(
            Delivery.newBuilder()
                .setVersion(1)
                .setCall(CallResult.newBuilder().setEndedAt(at(i + 61)).setDurationMs(61_000)))
        .build();
  }

  private static DetailRecord mail(int i) {
    return base(i, Channel.EMAIL)
        .setSubmission(
            Submission.newBuilder()
                .setVersion(1)
                .setRecipient(party(IdentifierKind.EMAIL_ADDRESS, "jo@example.com")))
        .build();
  }

  private static DetailRecord stripped(int i) {
    return base(i, Channel.SMS)
        .clearRecordId()
        .setSubmission(Submission.newBuilder().setVersion(1).setMccMnc("26201"))
        .build();
  }

  static Party party(IdentifierKind kind, String value) {
    return Party.newBuilder().addIdentifiers(identifier(kind, value)).build();
  }

  private static Identifier identifier(IdentifierKind kind, String value) {
    return Identifier.newBuilder().setKind(kind).setValue(value).build();
  }
}
