package vellum.ingest.importer;

import java.util.HashSet;
import java.util.List;
import vellum.v1.DetailRecord;

/** Gives the rows of a provider's CSV to its mapper, as fields by the header's names. */
final class CsvFields implements CsvSource.Rows {

  private final RowMapper mapper;
  private List<String> names = List.of();

  CsvFields(RowMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void header(List<String> header) {
    if (new HashSet<>(header).size() < header.size()) {
      throw new ImportException.BadHeader("a column of the header stands there twice");
    }
    names = header;
  }

  @Override
  public DetailRecord map(List<String> values) {
    Fields fields = new Fields();
    for (int i = 0; i < names.size(); i++) {
      fields.put(names.get(i), values.get(i));
    }
    return mapper.map(fields);
  }
}
