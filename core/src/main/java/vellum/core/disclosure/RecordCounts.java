package vellum.core.disclosure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How many records a package has, by where they come from and what they show.
 *
 * @param live of live months
 * @param vault of vaults
 * @param archive of archive years
 * @param withIdentities those that show who took part, clear or masked
 */
public record RecordCounts(long live, long vault, long archive, long withIdentities) {

  static final RecordCounts NONE = new RecordCounts(0, 0, 0, 0);

  public RecordCounts {
    if (live < 0
        || vault < 0
        || archive < 0
        || withIdentities < 0
        || withIdentities > live + vault) {
      throw new IllegalArgumentException("counts of records do not fit together");
    }
  }

  public long records() {
    return live + vault + archive;
  }

  void writeTo(ObjectNode node) {
    node.put("records", records())
        .put("live", live)
        .put("vault", vault)
        .put("archive", archive)
        .put("with_identities", withIdentities)
        .put("without_identities", records() - withIdentities);
  }

  static RecordCounts of(JsonNode node) {
    return new RecordCounts(
        node.path("live").asLong(-1),
        node.path("vault").asLong(-1),
        node.path("archive").asLong(-1),
        node.path("with_identities").asLong(-1));
  }
}
