package vellum.core.billing;

/**
 * Copies of cells, one behind the other: nothing is looked up, so that a cell that is added twice
 * is there twice. Not thread-safe.
 */
public final class CellList {

  private final CellArena arena = new CellArena();

  /** Takes a cell as it is now. */
  public void add(CellMap cells, int cell) {
    arena.addCopy(cells.arena(), cells.arena().at(cell));
  }

  /** Hands out the cells in the order in which they came. */
  public void forEach(CellSink sink) {
    Measures measures = new Measures();
    for (int i = 0; i < arena.cells(); i++) {
      int at = arena.at(i);
      measures.setTo(arena, at);
      sink.cell(arena.array(), CellArena.keyOffset(at), arena.keyLength(at), measures);
    }
  }
}
