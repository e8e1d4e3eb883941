package vellum.core.retention;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import vellum.core.crypto.KeyEncryption.Erasure;
import vellum.core.record.MonthId;
import vellum.core.retention.ErasureCertificate.Backup;
import vellum.core.retention.ErasureCertificate.DestroyedKey;
import vellum.core.retention.ErasureCertificate.Kek;
import vellum.core.retention.ErasureCertificate.Kind;
import vellum.core.retention.ErasureCertificate.Maker;
import vellum.core.retention.ErasureCertificate.Records;
import vellum.core.retention.RemovedFiles.RemovedFile;

/**
 * The JSON of erasure certificates, format 2: fields in a fixed order, two spaces, line feeds,
 * ASCII. Reading accepts exactly what writing makes, so that one certificate has one text. Format 1
 * had a number of held records, and is read still.
 */
final class CertificateJson {

  static final int FIRST_FORMAT = 1;
  static final int FORMAT = 2;
  private static final int MAX_BYTES = 2 << 20;
  private static final String TITLE = "vellum erasure certificate";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(8 << 10)
                          .build())
                  .build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");
  private static final ObjectWriter WRITER =
      MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));

  private CertificateJson() {}

  static byte[] write(ErasureCertificate c) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("title", TITLE).put("format", c.format());
    root.put("kind", c.kind().name()).put("period", c.period().toString());
    root.put("class", c.retentionClass());
    if (c.isYear()) {
      root.put("year", c.period().month().getYear());
    }
    root.put("policy", c.policy());
    root.put("deadline", c.deadline().toString());
    root.putObject("key")
        .put("id", c.key().id())
        .put("destroyed", c.key().at().toString())
        .put("erasure", c.key().erasure().name())
        .put("meaning", c.key().meaning());
    writeRecords(root.putObject("records"), c);
    writeFiles(root.putObject("removed"), c.files());
    if (c.kek().isPresent()) {
      Kek kek = c.kek().get();
      root.putObject("kek").put("from", kek.from()).put("to", kek.to());
    } else {
      root.putNull("kek");
    }
    ArrayNode backups = root.putArray("backups");
    for (Backup backup : c.backups()) {
      backups
          .addObject()
          .put("name", backup.name())
          .put("rewritten", backup.rewritten())
          .put("detail", backup.detail())
          .put("at", backup.at().toString());
    }
    ObjectNode held = root.putObject("held");
    c.countedHeld().ifPresent(records -> held.put("records", records));
    held.put("statement", ErasureCertificate.HELD_STATEMENT);
    root.put("version", c.maker().version()).put("incarnation", c.maker().incarnation());
    return bytes(root);
  }

  static ErasureCertificate read(byte[] json) {
    if (json.length > MAX_BYTES) {
      throw new BadCertificate.Garbled(
          "it has " + json.length + " bytes, and at most " + MAX_BYTES + " are read");
    }
    JsonNode root = tree(json);
    if (!TITLE.equals(root.path("title").asText())) {
      throw new BadCertificate.Garbled("its title is another one");
    }
    long format = root.path("format").asLong();
    if (format > FORMAT) {
      throw new BadCertificate.TooNew(format, FORMAT);
    }
    ErasureCertificate certificate;
    try {
      certificate = certificate(root);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new BadCertificate.Garbled("a value has not the form of its name");
    }
    if (!Arrays.equals(write(certificate), json)) {
      throw new BadCertificate.Garbled("its text is not the one of its values");
    }
    return certificate;
  }

  private static ErasureCertificate certificate(JsonNode root) {
    JsonNode key = root.path("key");
    JsonNode records = root.path("records");
    JsonNode kek = root.path("kek");
    List<Backup> backups = new ArrayList<>();
    for (JsonNode each : root.path("backups")) {
      backups.add(
          new Backup(
              text(each, "name"),
              each.path("rewritten").asBoolean(),
              text(each, "detail"),
              instant(each, "at")));
    }
    return new ErasureCertificate(
        Kind.valueOf(text(root, "kind")),
        MonthId.parse(text(root, "period")),
        text(root, "policy"),
        instant(root, "deadline"),
        new DestroyedKey(
            text(key, "id"), instant(key, "destroyed"), Erasure.valueOf(text(key, "erasure"))),
        new Records(
            records.path("count").asLong(),
            Optional.ofNullable(records.path("totals").textValue()),
            Optional.ofNullable(records.path("projection").textValue()),
            months(records)),
        files(root.path("removed")),
        kek.isObject()
            ? Optional.of(new Kek(text(kek, "from"), text(kek, "to")))
            : Optional.empty(),
        backups,
        root.path("format").asLong() == FIRST_FORMAT
            ? Optional.of(root.path("held").path("records").asLong())
            : Optional.empty(),
        new Maker(text(root, "version"), text(root, "incarnation")));
  }

  private static void writeRecords(ObjectNode node, ErasureCertificate c) {
    node.put("count", c.records().count())
        .put("totals", c.records().totals().orElse(null))
        .put("projection", c.records().projection().orElse(null));
    c.recordsMeaning().ifPresent(meaning -> node.put("meaning", meaning));
    if (c.isYear()) {
      ArrayNode months = node.putArray("months");
      for (Evidence.MonthEnd month : c.records().months()) {
        months.addObject().put("month", month.month()).put("count", month.records());
      }
    }
  }

  private static List<Evidence.MonthEnd> months(JsonNode records) {
    List<Evidence.MonthEnd> months = new ArrayList<>();
    for (JsonNode each : records.path("months")) {
      months.add(new Evidence.MonthEnd(text(each, "month"), each.path("count").asLong()));
    }
    return months;
  }

  private static void writeFiles(ObjectNode node, RemovedFiles files) {
    node.put("at", files.at().toString())
        .put("files", files.count())
        .put("bytes", files.bytes())
        .put("digest", files.digest());
    ArrayNode listed = node.putArray("listed");
    for (RemovedFile file : files.listed()) {
      listed.addObject().put("name", file.name()).put("bytes", file.bytes());
    }
  }

  private static RemovedFiles files(JsonNode node) {
    List<RemovedFile> listed = new ArrayList<>();
    for (JsonNode each : node.path("listed")) {
      listed.add(new RemovedFile(text(each, "name"), each.path("bytes").asLong()));
    }
    return new RemovedFiles(
        instant(node, "at"),
        node.path("files").asLong(),
        node.path("bytes").asLong(),
        text(node, "digest"),
        listed);
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).textValue();
    if (text == null) {
      throw new BadCertificate.Garbled("it has no " + name);
    }
    return text;
  }

  private static Instant instant(JsonNode node, String name) {
    return Instant.parse(text(node, name));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new BadCertificate.Garbled("it is no JSON");
    }
  }

  private static byte[] bytes(ObjectNode root) {
    try {
      return (WRITER.writeValueAsString(root) + "\n").getBytes(StandardCharsets.US_ASCII);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a certificate could not be written", e);
    }
  }
}
