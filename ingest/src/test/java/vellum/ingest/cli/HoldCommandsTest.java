package vellum.ingest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HoldCommandsTest {

  private static final String ID = "H-4F7K2Q9M";
  private static final String HOLD =
      "{\"id\":\"" + ID + "\",\"state\":\"active\",\"type\":\"dispute\",\"subjects\":1}";

  private final Terminal terminal = new Terminal();
  @TempDir private Path directory;
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    Path data = directory.resolve("fake");
    server = FakeServer.start(data);
    terminal.with("VELLUM_DATA", data.toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int place(Path subjects) {
    return terminal.run(
        "hold",
        "place",
        "--type",
        "preservation_order",
        "--reach",
        "historic",
        "--subjects",
        subjects,
        "--from",
        "2026-01-01",
        "--to",
        "2027-01-01",
        "--legal-basis",
        "a law",
        "--expires",
        "2027-03-01",
        "--secret",
        "--reason",
        "order came");
  }

  @Test
  void shouldPlaceAHoldOfTheSubjectsOfAFile() throws IOException {
    server.answering("POST /v1/holds", 200, HOLD);
    Path subjects =
        Files.writeString(directory.resolve("s.txt"), "# two\n+49 170 1234567\nimsi:26201 # x\n");

    assertThat(place(subjects)).as(terminal.err()).isZero();

    assertThat(terminal.out()).contains(ID);
    assertThat(server.requests())
        .containsExactly(
            "POST /v1/holds {\"type\":\"preservation_order\",\"reach\":\"historic\",\"scope\":{"
                + "\"from\":\"2026-01-01\",\"to\":\"2027-01-01\","
                + "\"subjects\":[\"+49 170 1234567\",\"imsi:26201\"]},\"legal_basis\":\"a law\","
                + "\"reference\":\"\",\"expires_at\":\"2027-03-01\",\"secret\":true,"
                + "\"reason\":\"order came\"}");
  }

  @Test
  void shouldEndWithTheCodeOfARefusalByPolicy() throws IOException {
    server.answering(
        "POST /v1/holds", 422, "{\"status\":422,\"detail\":\"a bound\",\"code\":\"BAD_SUBJECT\"}");
    Path subjects = Files.writeString(directory.resolve("s.txt"), "+4917\n");

    assertThat(place(subjects)).isEqualTo(ExitCode.REFUSED);

    assertThat(terminal.err()).contains("a bound").doesNotContain("4917");
    assertThat(place(Files.writeString(directory.resolve("none.txt"), "# nobody\n")))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void shouldReleaseOnlyWhenItIsMeant() {
    String path = "POST /v1/holds/" + ID + "/release";
    server.answering(path, 200, HOLD);

    assertThat(terminal.run("hold", "release", ID)).as(terminal.err()).isZero();
    assertThat(terminal.err()).contains("dry run");
    assertThat(terminal.run("hold", "release", ID, "--yes")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("hold", "release", ID, "--yes", "--reason", "lifted")).isZero();

    assertThat(server.requests())
        .isEqualTo(
            List.of(
                path + " {\"dry_run\":true}", path + " {\"dry_run\":false,\"reason\":\"lifted\"}"));
  }

  @Test
  void shouldListShowAndExtend() throws IOException {
    server.answering("GET /v1/holds", 200, "{\"holds\":[" + HOLD + "]}");
    server.answering(
        "GET /v1/holds/" + ID, 200, "{\"id\":\"" + ID + "\",\"end\":{\"certificate\":\"AQID\"}}");
    server.answering("POST /v1/holds/" + ID + "/extend", 200, HOLD);
    Path certificate = directory.resolve("c.p7m");

    assertThat(terminal.run("hold", "list", "--output", "csv")).as(terminal.err()).isZero();
    assertThat(terminal.out()).startsWith("id,state,type").contains(ID + ",active,dispute");
    assertThat(terminal.run("hold", "show", ID, "--save-certificate", certificate)).isZero();
    assertThat(Files.readAllBytes(certificate)).containsExactly(1, 2, 3);
    assertThat(terminal.run("hold", "extend", ID, "--expires", "2027-06-01", "--reason", "more"))
        .as(terminal.err())
        .isZero();
    assertThat(server.requests())
        .contains(
            "POST /v1/holds/" + ID + "/extend {\"expires_at\":\"2027-06-01\",\"reason\":\"more\"}");
  }
}
