package vellum.ingest.api;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** A calendar of four periods, one of them overdue, and a note of what was asked to be done. */
public final class FakeRetention implements RetentionPort {

  public static final UUID RECORD = UUID.fromString("019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55");
  public static final Instant NOW = Instant.parse("2026-04-01T00:00:05Z");
  private static final Instant SINCE = Instant.parse("2025-03-01T00:00:00Z");

  public final List<String> done = new ArrayList<>();

  /** Version that differences are made against; 3 is in force. */
  public int seen = 3;

  public boolean trusted = true;
  public boolean backupsReached = true;
  public String pem = "-----BEGIN CMS-----\nMIIB\n-----END CMS-----\n";

  @Override
  public Overview overview() {
    return new Overview(
        NOW,
        clock(),
        1024,
        List.of(
            archived("2025-01.default", 10),
            archived("2025-02.default", 20),
            period(
                "2025-03.default",
                Holding.LIVE,
                "KEY_DESTROYED",
                "2026-04-01",
                true,
                "DISK_FULL",
                0.25),
            period("2025-04.default", Holding.LIVE, "LIVE", "2026-05-01", false, null, -1),
            period("2025-04.usage", Holding.USAGE, "LIVE", "2028-04-01", false, null, -1)));
  }

  private static Period archived(String name, long records) {
    return new Period(
        name,
        Holding.ARCHIVE,
        "ARCHIVED",
        SINCE,
        records,
        100,
        null,
        Instant.parse("2036-01-01T00:00:00Z"),
        false,
        null,
        -1,
        0);
  }

  private static Period period(
      String name,
      Holding holding,
      String stage,
      String due,
      boolean overdue,
      String blocked,
      double progress) {
    Instant at = Instant.parse(due + "T00:00:00Z");
    return new Period(
        name, holding, stage, SINCE, 1234, 5_000_000, at, at, overdue, blocked, progress, 0);
  }

  @Override
  public Optional<Explained> explain(UUID record, String field) {
    if (!record.equals(RECORD)) {
      return Optional.empty();
    }
    if ("nonsense".equals(field)) {
      throw new RetentionRefusal.UnknownField();
    }
    List<Reason> reasons =
        field == null
            ? List.of(reason("IDENTITY", null, "2026-04-01"), reason("BILLING", null, "2036-01-01"))
            : List.of(reason("IDENTITY", "submission.recipient", "2026-04-01"));
    return Optional.of(new Explained("2025-03.default", "LIVE", reasons));
  }

  private static Reason reason(String privacy, String field, String erased) {
    boolean identity = privacy.equals("IDENTITY");
    return new Reason(
        privacy,
        field,
        identity ? "identities 12 months" : "traffic 10 years",
        "default",
        3,
        "END_OF_MONTH",
        identity ? Instant.parse("2025-03-31T00:00:00Z") : null,
        "UTC",
        Instant.parse(erased + "T00:00:00Z"),
        "the source's section 4",
        identity,
        null,
        field == null ? null : "goes",
        identity ? "hold H-1" : null,
        false);
  }

  @Override
  public Optional<Policy> policy(OptionalInt version) {
    return version.orElse(3) == 3
        ? Optional.of(new Policy(3, SINCE, "first", true, "format: 1\n"))
        : Optional.empty();
  }

  @Override
  public Difference difference(byte[] yaml) {
    check(yaml);
    return new Difference(
        seen,
        List.of(
            new ClassDifference(
                "default", "CHANGED", new Shift(2, 3000, 0, 0, 1), new Shift(0, 0, 1, 40, 0))),
        List.of(new Moved("2025-03.default", 1500, NOW, SINCE, NOW, NOW, true)));
  }

  private static void check(byte[] yaml) {
    if (new String(yaml, StandardCharsets.UTF_8).contains("bad")) {
      throw new RetentionRefusal.BadPolicy("line 1: classes[0].zone is no zone");
    }
  }

  @Override
  public Policy accept(byte[] yaml, int replaces, String by, String reason) {
    check(yaml);
    if (replaces != 3) {
      throw new RetentionRefusal.NotAllowed(
          "version 3 is in force, not " + replaces + ": compare again");
    }
    if (new String(yaml, StandardCharsets.UTF_8).contains("zone")) {
      throw new RetentionRefusal.NotAllowed("the zone of a class cannot change once data exist");
    }
    done.add("accept " + reason);
    return new Policy(4, NOW, reason, true, new String(yaml, StandardCharsets.UTF_8));
  }

  @Override
  public List<Certificate> certificates() {
    return List.of(new Certificate("2025-03.default", "STRIP", SINCE, NOW, 1234));
  }

  @Override
  public Optional<Signed> certificate(String period) {
    done.add("certificate " + period);
    return period.startsWith("2025-0")
        ? Optional.of(new Signed(pem, "{\"kind\":\"STRIP\"}"))
        : Optional.empty();
  }

  @Override
  public String signer() {
    return "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n";
  }

  @Override
  public Clock clock() {
    return trusted
        ? new Clock(true, "TRUSTED: nothing to confirm", NOW, NOW)
        : new Clock(false, "LONG_GAP of PT720H", NOW, SINCE);
  }

  @Override
  public Clock confirmClock(String by, String reason) {
    if (trusted) {
      throw new RetentionRefusal.NotAllowed("there is nothing to confirm: the clock is trusted");
    }
    done.add("confirm " + reason);
    trusted = true;
    return clock();
  }

  @Override
  public List<KeyBackup> backups() {
    return List.of(
        new KeyBackup(
            "vault",
            "/mnt/vault",
            backupsReached,
            backupsReached ? "3 keys" : "no such directory",
            NOW));
  }

  @Override
  public KeyBackup addBackup(String name, Path directory, Path keyEncryptionFile) {
    if (directory.startsWith("/absent")) {
      throw new RetentionRefusal.BadBackup("the directory cannot be written");
    }
    done.add("backup " + name + " " + directory + " " + keyEncryptionFile);
    return new KeyBackup(name, directory.toString(), true, "3 keys", NOW);
  }

  @Override
  public List<KeyBackup> rewriteBackups() {
    done.add("rewrite");
    return backups();
  }
}
