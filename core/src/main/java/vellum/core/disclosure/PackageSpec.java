package vellum.core.disclosure;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a package is like.
 *
 * @param forms in which each record is written, one or more
 * @param classes what of a record may be disclosed
 * @param partRecords most records of a file, 1 to 100,000
 * @param etsi what {@link RecordForm#ETSI} needs; null when it is not among the forms
 */
public record PackageSpec(
    Set<RecordForm> forms, ClassFilter classes, int partRecords, @Nullable EtsiHeader etsi) {

  public static final int MOST_PART_RECORDS = 100_000;

  public PackageSpec {
    forms = Set.copyOf(forms);
    if (forms.isEmpty() || partRecords < 1 || partRecords > MOST_PART_RECORDS) {
      throw new IllegalArgumentException(
          "a package has a form or more, and 1 to "
              + MOST_PART_RECORDS
              + " records a file: "
              + partRecords);
    }
    if (forms.contains(RecordForm.ETSI) && etsi == null) {
      throw new IllegalArgumentException("ETSI needs its header");
    }
  }
}
