package vellum.core.policy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;

/**
 * The versions of the policy in the control store: the first is what the first start found, each
 * later one was accepted. None is ever changed or removed. Thread-safe: acceptances come one after
 * the other, reading never waits.
 */
public final class PolicyStore {

  /** Policies by version; drawn in {@link PolicyRows}. */
  public static final Table TABLE = new Table("policy", Integer.BYTES, Table.Shape.SMALL);

  /** Who accepts what a first start finds. */
  static final String NODE = "vellum";

  private final Store control;
  private final InstantSource clock;
  private volatile List<PolicyVersion> versions;
  private final PolicyCalendar calendar;

  /**
   * What is to replace a version.
   *
   * @param yaml the new policy's text
   * @param replaces the version that its author saw
   * @param by who accepts it, as in {@link PolicyVersion}
   */
  public record Acceptance(String yaml, int replaces, String by, String reason) {}

  /**
   * Reads all versions; makes the first when there is none.
   *
   * @param control synced, opened with {@link #TABLE} among others; not closed by this
   * @param yaml the file's text, or null when there is no file. Only a first start takes it; later
   *     a file that is not {@linkplain #isCurrent current} waits to be accepted
   * @throws PolicyException.Invalid at a first start, with line and field of the first fault
   * @throws PolicyException.Corrupt when a version is not what was accepted
   * @throws PolicyException.WrongFormat when a version is newer than this one can read
   */
  public static PolicyStore open(Store control, @Nullable String yaml, InstantSource clock) {
    List<PolicyVersion> found = read(control);
    if (found.isEmpty()) {
      String text = yaml == null ? RetentionPolicy.BUILT_IN_YAML : yaml;
      RetentionPolicy.parse(text);
      String reason = yaml == null ? "first start: the built-in policy" : "first start: the file";
      PolicyVersion first = PolicyVersion.of(1, text, clock.instant(), NODE, reason);
      write(control, first);
      found.add(first);
    }
    return new PolicyStore(control, clock, found);
  }

  private PolicyStore(Store control, InstantSource clock, List<PolicyVersion> found) {
    this.control = control;
    this.clock = clock;
    this.versions = List.copyOf(found);
    this.calendar = new PolicyCalendar(parse(current()));
  }

  private static RetentionPolicy parse(PolicyVersion version) {
    try {
      return version.policy();
    } catch (PolicyException.Invalid e) {
      throw PolicyRows.corrupt(version.version(), e);
    }
  }

  /** The version in force. */
  public PolicyVersion current() {
    List<PolicyVersion> all = versions;
    return all.get(all.size() - 1);
  }

  /** All versions, the first one first. */
  public List<PolicyVersion> versions() {
    return versions;
  }

  public Optional<PolicyVersion> version(int number) {
    List<PolicyVersion> all = versions;
    return number >= 1 && number <= all.size()
        ? Optional.of(all.get(number - 1))
        : Optional.empty();
  }

  /** Whether a text is the policy in force, letter by letter. */
  public boolean isCurrent(String yaml) {
    return current().yaml().equals(yaml);
  }

  /** The calendar of the policy in force; it follows each acceptance. */
  public PolicyCalendar calendar() {
    return calendar;
  }

  /**
   * Puts another policy in force, durably before the {@link #calendar} follows it. Deadlines of
   * what is there follow the new periods.
   *
   * @param data every period that catalog or key ring names and that is not gone, archive years
   *     included. While this runs, no record may start a month of the past
   * @throws PolicyException when the policy is not valid, not made for the version in force, or
   *     would give records that are there another class or month; nothing is changed then
   * @throws IllegalArgumentException when author or reason is not as it must be
   */
  public synchronized PolicyVersion accept(Acceptance acceptance, Collection<LivePeriod> data) {
    PolicyVersion before = current();
    RetentionPolicy next = RetentionPolicy.parse(acceptance.yaml());
    if (acceptance.replaces() != before.version()) {
      throw new PolicyException.Outdated(
          "version "
              + before.version()
              + " is in force, and the new policy was made for version "
              + acceptance.replaces()
              + ": compare again, then accept");
    }
    Instant now = clock.instant();
    new PolicyChange(calendar.policy(), next, now).check(data);
    PolicyVersion after =
        PolicyVersion.of(
            before.version() + 1, acceptance.yaml(), now, acceptance.by(), acceptance.reason());
    write(control, after);
    List<PolicyVersion> all = new ArrayList<>(versions);
    all.add(after);
    versions = List.copyOf(all);
    calendar.use(next);
    return after;
  }

  private static void write(Store control, PolicyVersion version) {
    StoreBatch batch = control.batch();
    batch.put(TABLE, PolicyRows.key(version.version()), PolicyRows.write(version));
    control.write(batch);
  }

  private static List<PolicyVersion> read(Store control) {
    List<PolicyVersion> found = new ArrayList<>();
    try (Scan scan = control.scan(TABLE, PolicyRows.key(0), PolicyRows.key(Integer.MAX_VALUE))) {
      while (scan.next()) {
        PolicyVersion version = PolicyRows.read(scan.key(), scan.value());
        if (version.version() != found.size() + 1) {
          throw PolicyRows.corrupt(found.size() + 1, null);
        }
        found.add(version);
      }
    }
    return found;
  }
}
