package vellum.bench.peers;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import vellum.ingest.terminal.Paint;
import vellum.ingest.terminal.Table;

/** What came out of all rounds, and how it is printed. For one thread. */
final class PeersReport {

  private final List<PeerKind> kinds;
  private final Map<PeerKind, List<String>> lacks = new EnumMap<>(PeerKind.class);
  private final List<Entry> entries = new ArrayList<>();

  /** An outcome of a peer in a round, from 1. */
  private record Entry(int round, PeerKind kind, Outcome outcome) {}

  PeersReport(List<PeerKind> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  void add(int round, PeerKind kind, List<Outcome> outcomes, List<String> peerLacks) {
    outcomes.forEach(outcome -> entries.add(new Entry(round, kind, outcome)));
    if (!peerLacks.isEmpty()) {
      lacks.put(kind, peerLacks);
    }
  }

  /** Whether all answers were right and nothing failed; that a peer cannot do a work is well. */
  boolean isComplete() {
    return entries.stream()
        .map(entry -> entry.outcome().note())
        .allMatch(note -> note.isEmpty() || note.startsWith("not possible"));
  }

  /** Medians and spread of each figure and peer, how Vellum compares, what peers do not do. */
  void print(PrintStream out, Paint paint) {
    table().print(out, paint);
    out.println();
    for (PeerKind kind : kinds) {
      List<String> missing = lacks.getOrDefault(kind, List.of());
      if (!missing.isEmpty()) {
        out.println(kind.title() + " does not do: " + String.join("; ", missing));
      }
    }
  }

  private Table table() {
    Table table =
        new Table(
            "work", "figure", "peer", ">median", ">least", ">most", "unit", ">Vellum is", "note");
    Set<String> said = new HashSet<>();
    for (Figure figure : Figure.values()) {
      for (PeerKind kind : kinds) {
        List<Outcome> outcomes = outcomes(kind, figure);
        if (!outcomes.isEmpty() && said.add(kind + " " + figure.work() + " " + why(outcomes))) {
          row(table, figure, kind, outcomes);
        }
      }
    }
    return table;
  }

  private void row(Table table, Figure figure, PeerKind kind, List<Outcome> outcomes) {
    Spread spread = spread(outcomes);
    String note =
        String.join(
            "; ",
            outcomes.stream().map(Outcome::note).filter(n -> !n.isEmpty()).distinct().toList());
    double ratio =
        Spread.ratio(spread(outcomes(PeerKind.VELLUM, figure)), spread, figure.moreIsBetter());
    table.row(
        figure.work().name(),
        figure.title(),
        kind.title(),
        text(spread.median()),
        text(spread.least()),
        text(spread.most()),
        figure.unit(),
        kind == PeerKind.VELLUM || Double.isNaN(ratio)
            ? ""
            : String.format(Locale.ROOT, "%.2f x", ratio),
        note);
  }

  /** Why a work came to nothing, which is said once; of a figure with values its own name. */
  private static String why(List<Outcome> outcomes) {
    Outcome first = outcomes.get(0);
    return outcomes.stream().allMatch(outcome -> Double.isNaN(outcome.value()))
        ? first.note()
        : first.figure().name();
  }

  private List<Outcome> outcomes(PeerKind kind, Figure figure) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind && entry.outcome().figure() == figure)
        .map(Entry::outcome)
        .toList();
  }

  private static Spread spread(List<Outcome> outcomes) {
    return Spread.of(outcomes.stream().map(Outcome::value).toList());
  }

  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%,.2f", value);
  }

  /** Every round's outcomes as CSV. */
  void printCsv(PrintStream out) {
    Table table = new Table("round", "peer", "figure", "value", "unit", "note");
    for (Entry entry : entries) {
      Outcome outcome = entry.outcome();
      table.row(
          Integer.toString(entry.round()),
          entry.kind().option(),
          outcome.figure().name().toLowerCase(Locale.ROOT),
          Double.isNaN(outcome.value()) ? "" : Double.toString(outcome.value()),
          outcome.figure().unit(),
          outcome.note());
    }
    table.printCsv(out);
  }
}
