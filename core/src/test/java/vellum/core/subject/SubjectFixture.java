package vellum.core.subject;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.access.Role;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KekFiles;
import vellum.core.crypto.KeyRing;
import vellum.core.disk.RealDisk;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

/** A desk of requests over one directory, with a clock that is moved by hand. */
final class SubjectFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  static final String NUMBER = "+491701234567";
  static final Asker OFFICER = new Asker("officer", Set.of(Role.PRIVACY), "token");

  private final Path directory;
  private final Stores stores;
  private Store control;
  Instant now = NOW;
  CaseFiles files;
  Restrictions restrictions;
  RequestDesk desk;

  SubjectFixture(Path directory) {
    this.directory = directory;
    this.stores = new Stores(new RealDisk(), 8 << 20, 1);
    open();
  }

  private void open() {
    SecureRandom random = new SecureRandom();
    RealDisk disk = new RealDisk();
    control =
        stores.openSynced(directory.resolve("control"), CaseFiles.tables(), StoreOptions.control());
    KekFiles kek = KekFiles.open(directory.resolve("kek"), disk, random);
    KeyRing keys =
        KeyRing.open(directory.resolve("keys"), kek.encryptions(), disk, random, () -> now);
    files = CaseFiles.open(control, keys, random, () -> now);
    restrictions = new Restrictions(random);
    desk =
        RequestDesk.open(
            files, restrictions, AnswerTexts.read(), () -> now, Period.ofYears(3), id -> false);
  }

  /** Closes all and opens it again, as a server does that is started again. */
  void reopen() {
    control.close();
    open();
  }

  static ProvenSubject number(String number, @Nullable String from, @Nullable String to) {
    return ProvenSubject.of(
        CaseSubject.of(CaseSubject.Kind.NUMBER, number),
        from == null ? null : Instant.parse(from),
        to == null ? null : Instant.parse(to),
        NOW);
  }

  static RequestOrder order(RequestKind kind) {
    return order(kind, number(NUMBER, "2026-01-01T00:00:00Z", null));
  }

  static RequestOrder order(RequestKind kind, ProvenSubject... who) {
    return new RequestOrder(
        kind,
        List.of(who),
        new TreeSet<>(),
        "identity card seen",
        NOW,
        kind == RequestKind.RECTIFICATION
            ? Optional.of(
                new Correction(
                    who[0].subject(), CaseSubject.of(CaseSubject.Kind.NUMBER, "+491709999999")))
            : Optional.empty());
  }

  @Override
  public void close() {
    control.close();
    stores.close();
  }
}
