package vellum.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.strip.StripProfile;
import vellum.core.strip.StripRule;

/** What an export of records may hold. */
final class RecordColumnsTest {

  @Test
  void shouldBeTheTableOfTheReadme() throws IOException {
    // given
    List<String> table = new ArrayList<>();
    for (Column column : RecordColumns.ALL.columns()) {
      table.add("| `" + column.name() + "` | " + column.type().title() + " |");
      for (Column member : column.members()) {
        table.add(
            "| `" + column.name() + "." + member.name() + "` | " + member.type().title() + " |");
      }
    }
    String readme = Files.readString(Path.of("..", "docs", "BILLING.md"));
    int start = readme.indexOf("| column | type | what |");
    // when
    List<String> documented =
        readme
            .substring(start, readme.indexOf("\n\n", start))
            .lines()
            .skip(2)
            .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
            .toList();
    // then
    assertThat(documented).isEqualTo(table);
  }

  @Test
  void shouldHoldNothingThatTheArchiveDrops() {
    for (Column column : RecordColumns.ALL.columns()) {
      assertKept(column, column.name().equals("record_id"));
      column.members().forEach(member -> assertKept(member, false));
    }
  }

  private static void assertKept(Column column, boolean isDropped) {
    String field = column.meaning();
    if (!field.matches("[a-z]+\\.[a-z_]+") || isDropped) {
      return;
    }
    String path = field.replace("leg.", "legs.");
    assertThat(StripProfile.DEFAULT.ruleOf(path)).as(path).get().isNotEqualTo(StripRule.DROP);
  }
}
