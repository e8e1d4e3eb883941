package vellum.core.export;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be exported.
 *
 * @param rows begins to read them
 * @param partRows most rows of a part; 0 for as many as there may be
 * @param resume where to go on, or null
 */
public record ExportRequest(
    Supplier<RowSource> rows, ExportFormat format, int partRows, @Nullable Resume resume) {

  /**
   * Where an export that was broken off goes on.
   *
   * @param marks what its rows were made of
   * @param columns that it has
   * @param parts that are there already
   * @param last place of the last row that is there; empty when there is none
   */
  public record Resume(List<Mark> marks, List<String> columns, int parts, String last) {

    public Resume {
      marks = List.copyOf(marks);
      columns = List.copyOf(columns);
    }
  }
}
