package vellum.core.period;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vellum.core.record.MonthId;

/**
 * The look at the data directory at a start, by the catalog: what it does not name, or names in a
 * stage in which the directory is left over, is deleted; what must be there and is not stops the
 * start. An empty catalog beside directories looks like a lost control store and deletes nothing.
 *
 * <pre>
 *   directory          must be there           may be there              else
 *   live/              LIVE … VERIFIED         MAKING, SWITCHED          deleted
 *   archive/           VERIFIED … ARCHIVED     MAKING, EXPIRING          deleted
 *   archive/….making   -                       REWRITING; of VERIFIED it is renamed  deleted
 *   usage/, content/, suspense/, holds/  LIVE            MAKING, EXPIRING          deleted
 * </pre>
 *
 * What is EXPIRING is finished by the worker that began it. The catalog of holds decides about
 * {@code holds/} and nothing else, the other one about all but that.
 */
final class Reconciliation {

  private enum Place {
    LIVE,
    ARCHIVE,
    MAKING
  }

  private static final List<String> TOPS =
      List.of(Directories.LIVE, Directories.USAGE, Directories.CONTENT, Directories.SUSPENSE);

  private static final List<String> TOPS_OF_HOLDS = List.of(Directories.HOLDS);

  private final Directories directories;
  private final Catalog catalog;

  /** Directories that may be there by their paths. */
  private final Map<Path, MonthId> allowed = new HashMap<>();

  Reconciliation(Directories directories, Catalog catalog) {
    this.directories = directories;
    this.catalog = catalog;
  }

  void run() {
    try {
      if (!catalog.isOfHolds()) {
        Files.createDirectories(directories.data().resolve(Directories.LIVE));
      }
      catalog.entries().forEach((month, entry) -> allow(month, entry.stage()));
      List<Path> surplus = found().stream().filter(path -> !allowed.containsKey(path)).toList();
      if (!surplus.isEmpty() && catalog.entries().isEmpty()) {
        throw new PeriodException.CatalogMissing(
            surplus.get(0).getParent()
                + " holds months, but the control store names none: restore control/ from a"
                + " backup, or move them away");
      }
      for (Path path : surplus) {
        directories.disk().deleteTree(path);
      }
      for (Map.Entry<MonthId, Catalog.Entry> entry : catalog.entries().entrySet()) {
        require(entry.getKey(), entry.getValue().stage());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void allow(MonthId month, Stage stage) {
    if (month.kind() == MonthId.Kind.YEAR) {
      return;
    }
    for (Place place : places(month)) {
      if (mayBe(month, place, stage)) {
        allowed.put(path(month, place), month);
      }
    }
  }

  private static List<Place> places(MonthId month) {
    return month.kind() == MonthId.Kind.TRAFFIC ? List.of(Place.values()) : List.of(Place.LIVE);
  }

  private Path path(MonthId month, Place place) {
    return switch (place) {
      case LIVE -> directories.live(month);
      case ARCHIVE -> directories.archive(month);
      case MAKING -> directories.making(month);
    };
  }

  private static boolean mayBe(MonthId month, Place place, Stage stage) {
    if (month.kind() != MonthId.Kind.TRAFFIC) {
      return stage != Stage.EXPIRED;
    }
    return switch (place) {
      case LIVE -> stage.compareTo(Stage.REMOVED) < 0;
      case ARCHIVE ->
          stage == Stage.MAKING || stage.compareTo(Stage.VERIFIED) >= 0 && stage != Stage.EXPIRED;
      case MAKING -> stage == Stage.REWRITING || stage == Stage.VERIFIED;
    };
  }

  private void require(MonthId month, Stage stage) throws IOException {
    if (stage == Stage.MAKING
        || stage.owner() == Stage.Owner.NONE
        || month.kind() == MonthId.Kind.YEAR) {
      return;
    }
    if (stage == Stage.VERIFIED) {
      finishRename(month);
    }
    if (stage.owner() == Stage.Owner.LIVE || month.kind() != MonthId.Kind.TRAFFIC) {
      requireDirectory(directories.live(month));
    }
    if (month.kind() == MonthId.Kind.TRAFFIC && stage.compareTo(Stage.VERIFIED) >= 0) {
      requireDirectory(directories.archive(month));
    }
  }

  private void finishRename(MonthId month) throws IOException {
    Path making = directories.making(month);
    Path archive = directories.archive(month);
    if (!Files.isDirectory(making)) {
      return;
    }
    if (Files.isDirectory(archive)) {
      directories.disk().deleteTree(making);
    } else {
      Files.move(making, archive, ATOMIC_MOVE);
      directories.disk().forceDirectory(directories.year(month));
    }
  }

  static void requireDirectory(Path path) {
    if (!Files.isDirectory(path)) {
      throw new PeriodException.MonthMissing(
          path
              + " is missing, but the catalog names it: restore it, or the whole data directory,"
              + " from a backup");
    }
  }

  /** Every directory of a period that is there, whatever it is. */
  private List<Path> found() throws IOException {
    List<Path> found = new ArrayList<>();
    for (String top : catalog.isOfHolds() ? TOPS_OF_HOLDS : TOPS) {
      found.addAll(list(directories.data().resolve(top)));
    }
    if (catalog.isOfHolds()) {
      return found;
    }
    for (Path year : list(directories.data().resolve(Directories.ARCHIVE))) {
      found.addAll(list(year));
    }
    return found;
  }

  private static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }
}
