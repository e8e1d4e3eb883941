package vellum.core.hold;

import java.util.HexFormat;
import vellum.core.record.MonthId;

/**
 * How far one month is copied for one hold. Holds no identity: a record's key at most. As text:
 *
 * <pre>
 *   level target way key dirty ended      "1 2 0 0199…ab true false"; - in place of no key
 * </pre>
 *
 * @param level of the last pass that was finished and verified; 0 before the first
 * @param target of the pass under way
 * @param at where its round goes on
 * @param dirty whether the round has copied something, so that another one must look again
 * @param ended whether the month's key died before a pass was finished that was to be
 */
record CopyRow(
    MonthId vault,
    MonthId month,
    int level,
    int target,
    MatchWalk.Position at,
    boolean dirty,
    boolean ended) {

  /** When a hold begins: what is there. */
  static final int PLACED = 1;

  /** When the end of the month is near; what comes later goes into the vault by itself. */
  static final int LATE = 2;

  /** Shortly before the end: what records got since that nobody could tell to be of the hold. */
  static final int LAST = 3;

  private static final String NONE = "-";

  static CopyRow planned(MonthId vault, MonthId month) {
    return new CopyRow(vault, month, 0, PLACED, MatchWalk.Position.START, false, false);
  }

  CopyRow towards(int pass) {
    return new CopyRow(vault, month, level, pass, MatchWalk.Position.START, false, ended);
  }

  CopyRow at(MatchWalk.Position position, boolean copied) {
    return new CopyRow(vault, month, level, target, position, dirty || copied, ended);
  }

  /** Begins the next round. */
  CopyRow again() {
    return towards(target);
  }

  CopyRow done() {
    return new CopyRow(vault, month, target, target, MatchWalk.Position.START, false, ended);
  }

  CopyRow cut() {
    return new CopyRow(vault, month, level, target, at, dirty, true);
  }

  /** Name of its row. */
  String name() {
    return vault + " " + month;
  }

  String text() {
    String key = at.behind().length == 0 ? NONE : HexFormat.of().formatHex(at.behind());
    return level + " " + target + " " + at.way() + " " + key + " " + dirty + " " + ended;
  }

  static CopyRow parse(MonthId vault, MonthId month, String text) {
    String[] parts = text.split(" ", -1);
    byte[] key = parts[3].equals(NONE) ? new byte[0] : HexFormat.of().parseHex(parts[3]);
    return new CopyRow(
        vault,
        month,
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        new MatchWalk.Position(Integer.parseInt(parts[2]), key),
        Boolean.parseBoolean(parts[4]),
        Boolean.parseBoolean(parts[5]));
  }
}
