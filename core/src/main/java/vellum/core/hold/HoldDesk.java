package vellum.core.hold;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.Asker;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseFile;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseKind;
import vellum.core.casefile.CaseSubject;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;

/**
 * Places, shows, extends and releases holds, for who may. Thread-safe: changes come one after the
 * other, reading does not wait for them.
 *
 * <p>To who may not know of secret holds, none is there: what is answered about one is what would
 * be answered if it had never been placed. Who may, needs nothing else; open ones are placed and
 * changed by the role of privacy or an administrator.
 */
public final class HoldDesk {

  /** Secret holds, and others, open at a time. Each costs a look at every late record. */
  public static final int MOST_OPEN = 1_000;

  /** How far ahead a hold may expire; it can be extended. */
  public static final Duration LONGEST = Duration.ofDays(3_653);

  /** Who ends a hold whose time is over. */
  static final String SERVER = "vellum";

  private final CaseFiles files;
  private final KeyRing keys;
  private final RandomGenerator random;
  private final InstantSource clock;
  private final ActiveScopes scopes;

  /** Holds that are not released; changed under this object's lock, behind what is durable. */
  private final Map<CaseId, Hold> open = new ConcurrentHashMap<>();

  private final Map<CaseId, VaultScope> ready = new ConcurrentHashMap<>();

  private HoldDesk(Parts parts) {
    this.files = parts.files();
    this.keys = parts.keys();
    this.random = parts.random();
    this.clock = parts.clock();
    this.scopes = parts.scopes();
  }

  /**
   * What a desk works with.
   *
   * @param random draws names of vaults
   * @param scopes hears of ongoing holds
   */
  public record Parts(
      CaseFiles files,
      KeyRing keys,
      RandomGenerator random,
      InstantSource clock,
      ActiveScopes scopes) {}

  /**
   * Opens the desk with the holds that there are.
   *
   * @throws CaseException.Corrupt when one is not what was written
   */
  public static HoldDesk open(Parts parts) {
    HoldDesk desk = new HoldDesk(parts);
    desk.load();
    return desk;
  }

  private synchronized void load() {
    for (CaseFile file : files.list(CaseKind.HOLD, any -> true, null, Integer.MAX_VALUE)) {
      Hold hold = HoldText.read(file);
      if (hold.state() != HoldState.RELEASED) {
        open.put(hold.id(), hold);
      }
    }
    tellScopes();
  }

  /**
   * Places a hold, which counts from this moment on for what is sealed; what is there already is
   * copied by and by.
   *
   * @throws HoldException.NotAllowed when the asker may not place such a one
   * @throws HoldException.BadExpiry when it would be over at once, or last too long
   */
  public synchronized Hold place(HoldOrder order, Asker asker) {
    HoldAccess.requireChange(order.secret(), asker);
    for (CaseSubject subject : order.scope().subjects()) {
      if (subject.kind() == CaseSubject.Kind.PLATFORM_IP) {
        throw new HoldException.Bad("a hold keeps no usage log: it takes no platform_ip");
      }
    }
    // Each kind has a bound of its own: that one is full says nothing of the other.
    if (open.values().stream().filter(one -> one.secret() == order.secret()).count() >= MOST_OPEN) {
      throw new HoldException.TooMany(MOST_OPEN);
    }
    Instant now = now();
    Instant start = order.startsAt().filter(now::isBefore).orElse(now);
    checkExpiry(order.expiresAt(), start, now);
    MonthId vault = newVault(now);
    HoldState state = start.isAfter(now) ? HoldState.WAITING : HoldState.COPYING;
    Hold.Change placing = new Hold.Change(now, asker.name(), order.reason());
    CaseFile file =
        files.create(CaseKind.HOLD, id -> HoldText.write(order.placed(id, vault, state, placing)));
    return keep(HoldText.read(file));
  }

  private static void checkExpiry(Instant expiry, Instant after, Instant now) {
    Instant latest = now.plus(LONGEST);
    if (!expiry.isAfter(after) || expiry.isAfter(latest)) {
      throw new HoldException.BadExpiry(after, latest);
    }
  }

  /** A name that joins nothing: another one than the case's, and never used before. */
  private MonthId newVault(Instant now) {
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    while (true) {
      MonthId vault = MonthId.hold(month, CaseId.newCode(random).toLowerCase(Locale.ROOT));
      if (keys.existing(vault).isEmpty() && !keys.destroyed(vault)) {
        return vault;
      }
    }
  }

  /** A hold, if there is one that the asker may know of. */
  public Optional<Hold> find(CaseId id, Asker asker) {
    if (id.kind() != CaseKind.HOLD) {
      return Optional.empty();
    }
    return files.find(id).map(HoldText::read).filter(hold -> HoldAccess.mayKnow(hold, asker));
  }

  /** What a hold was, revision by revision; empty when there is none that the asker may know of. */
  public List<Hold> history(CaseId id, Asker asker) {
    return find(id, asker).isEmpty()
        ? List.of()
        : files.history(id).stream().map(HoldText::read).toList();
  }

  /**
   * Holds that the asker may know of, by when they were placed.
   *
   * @param all released ones too
   * @param after the one behind which to begin, or null for the first
   * @throws HoldException.Unknown when there is no such one, for the asker
   */
  public List<Hold> list(boolean all, Asker asker, @Nullable CaseId after, int limit) {
    if (after != null && find(after, asker).isEmpty()) {
      throw new HoldException.Unknown();
    }
    try {
      return files
          .list(CaseKind.HOLD, file -> isShown(HoldText.read(file), all, asker), after, limit)
          .stream()
          .map(HoldText::read)
          .toList();
    } catch (CaseException.Gone e) {
      throw new HoldException.Unknown();
    }
  }

  private static boolean isShown(Hold hold, boolean all, Asker asker) {
    return HoldAccess.mayKnow(hold, asker) && (all || hold.state() != HoldState.RELEASED);
  }

  /** Vaults of which the asker may be shown what they hold, for a search. */
  public SortedSet<MonthId> vaults(Asker asker) {
    SortedSet<MonthId> vaults = new TreeSet<>();
    for (Hold hold : open.values()) {
      if (HoldAccess.mayKnow(hold, asker) && isKeeping(hold)) {
        vaults.add(hold.vault());
      }
    }
    return vaults;
  }

  /** How many holds are open that are no secret. */
  public long openCount() {
    return open.values().stream().filter(hold -> !hold.secret()).count();
  }

  /**
   * Gives a hold another end.
   *
   * @throws HoldException.Unknown when there is none that the asker may know of
   * @throws HoldException.Over when it is released, or being released
   * @throws HoldException.BadExpiry when the end is past, or too far
   */
  public synchronized Hold extend(CaseId id, Instant expiry, Asker asker, String reason) {
    Hold hold = changeable(id, asker);
    String why = HoldOrder.reason(reason);
    Instant now = now();
    checkExpiry(expiry, hold.startsAt().isAfter(now) ? hold.startsAt() : now, now);
    return change(hold.until(expiry, new Hold.Change(now, asker.name(), why)));
  }

  /**
   * Ends a hold: from this moment on it takes nothing more and is not read; what it kept is erased
   * by and by.
   *
   * @throws HoldException as {@link #extend} does
   */
  public synchronized Hold release(CaseId id, Asker asker, String reason) {
    Hold hold = changeable(id, asker);
    String why = HoldOrder.reason(reason);
    return change(hold.in(HoldState.RELEASING, new Hold.Change(now(), asker.name(), why)));
  }

  private Hold changeable(CaseId id, Asker asker) {
    Hold hold = find(id, asker).orElseThrow(HoldException.Unknown::new);
    HoldAccess.requireChange(hold.secret(), asker);
    if (!hold.state().isOpen()) {
      throw new HoldException.Over();
    }
    return hold;
  }

  /** Holds that are not released, the oldest first. */
  List<Hold> open() {
    return open.values().stream()
        .sorted(Comparator.comparing(Hold::placedAt).thenComparing(Hold::id))
        .toList();
  }

  /** Changes a hold as it is now; not if it is released, which gives empty. */
  synchronized Optional<Hold> step(CaseId id, UnaryOperator<Hold> change) {
    return Optional.ofNullable(open.get(id)).map(change).map(this::change);
  }

  /** Ends the case of a hold of which nothing is kept any more. */
  synchronized Hold close(Hold hold, Instant keepUntil) {
    Hold.Change last = hold.last();
    Hold released = hold.in(HoldState.RELEASED, last);
    CaseFile file = files.close(hold.id(), hold.revision(), HoldText.write(released), keepUntil);
    return keep(released.at(file.revision()));
  }

  private Hold change(Hold changed) {
    CaseFile file = files.change(changed.id(), changed.revision(), HoldText.write(changed));
    return keep(changed.at(file.revision()));
  }

  private Hold keep(Hold hold) {
    if (hold.state() == HoldState.RELEASED) {
      open.remove(hold.id());
      ready.remove(hold.id());
    } else {
      open.put(hold.id(), hold);
    }
    tellScopes();
    return hold;
  }

  private void tellScopes() {
    scopes.set(
        open().stream()
            .filter(hold -> hold.reach() == HoldReach.ONGOING && isKeeping(hold))
            .map(this::scope)
            .toList());
  }

  /** What a hold is about, made ready; the same object as long as the hold is open. */
  VaultScope scope(Hold hold) {
    return ready.computeIfAbsent(hold.id(), any -> new VaultScope(hold.vault(), hold.scope()));
  }

  private static boolean isKeeping(Hold hold) {
    return hold.state() == HoldState.COPYING || hold.state() == HoldState.ACTIVE;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
