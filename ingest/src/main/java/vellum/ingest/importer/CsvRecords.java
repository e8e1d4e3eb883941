package vellum.ingest.importer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.v1.DetailRecord;
import vellum.v1.Leg;
import vellum.v1.Party;

/**
 * Maps the rows of our own CSV. Aspects that a row fills get version 1, and legs their place as
 * their number, unless columns say otherwise. For one thread.
 */
final class CsvRecords implements CsvSource.Rows {

  private final RecordHeader header;
  private List<@Nullable CsvColumn> columns = List.of();
  private int foreignId = -1;

  CsvRecords(@Nullable String account) {
    this.header = new RecordHeader(account);
  }

  @Override
  public void header(List<String> names) {
    Set<String> seen = new HashSet<>();
    List<@Nullable CsvColumn> compiled = new ArrayList<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new ImportException.BadHeader("a column of the header stands there twice");
      }
      boolean foreign = name.equals(RecordHeader.FOREIGN_ID);
      if (foreign) {
        foreignId = compiled.size();
      }
      compiled.add(foreign ? null : column(name, compiled.size() + 1));
    }
    columns = compiled;
  }

  @Override
  public DetailRecord map(List<String> values) {
    DetailRecord.Builder record = DetailRecord.newBuilder();
    for (int i = 0; i < columns.size(); i++) {
      CsvColumn column = columns.get(i);
      String value = values.get(i).trim();
      if (column != null && !value.isEmpty()) {
        column.set(record, value);
      }
    }
    header.complete(record, foreignId < 0 ? "" : values.get(foreignId).trim());
    complete(record);
    return record.build();
  }

  private static CsvColumn column(String name, int number) {
    try {
      return CsvColumn.of(name);
    } catch (ImportException.BadHeader e) {
      throw new ImportException.BadHeader("column " + number + " of the header names no field");
    }
  }

  private static void complete(DetailRecord.Builder record) {
    if (record.hasSubmission()) {
      var submission = record.getSubmissionBuilder();
      if (submission.getVersion() == 0) {
        submission.setVersion(1);
      }
      if (submission.hasSender()) {
        compact(submission.getSenderBuilder());
      }
      if (submission.hasRecipient()) {
        compact(submission.getRecipientBuilder());
      }
    }
    if (record.hasDelivery() && record.getDelivery().getVersion() == 0) {
      record.getDeliveryBuilder().setVersion(1);
    }
    if (record.hasRating() && record.getRating().getVersion() == 0) {
      record.getRatingBuilder().setVersion(1);
    }
    legs(record);
  }

  /** Drops the identifiers that a row left empty. */
  private static void compact(Party.Builder party) {
    for (int i = party.getIdentifiersCount() - 1; i >= 0; i--) {
      if (party.getIdentifiers(i).getValue().isEmpty()) {
        party.removeIdentifiers(i);
      }
    }
  }

  private static void legs(DetailRecord.Builder record) {
    for (int i = record.getLegsCount() - 1; i >= 0; i--) {
      if (record.getLegs(i).equals(Leg.getDefaultInstance())) {
        record.removeLegs(i);
        continue;
      }
      Leg.Builder leg = record.getLegsBuilder(i);
      if (leg.getNumber() == 0) {
        leg.setNumber(i + 1);
      }
      if (leg.getVersion() == 0) {
        leg.setVersion(1);
      }
    }
  }
}
