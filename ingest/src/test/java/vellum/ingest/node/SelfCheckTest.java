package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SelfCheckTest {

  @TempDir private Path directory;

  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  @Test
  void shouldFindThisMachineFitAndMakeTheDirectory() throws IOException {
    Path data = directory.resolve("a/b/data");

    SelfCheck.Report report = SelfCheck.run(data);

    assertThat(report.problems()).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
        .isEqualTo("rwx------");
  }

  @Test
  void shouldNameADirectoryThatOthersCanRead() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> SelfCheck.run(data).orThrow())
        .isInstanceOf(NodeException.NotFit.class)
        .hasMessageContaining("chmod 700 " + data);
  }

  @Test
  void shouldNameAFileInThePlaceOfTheDirectory() throws IOException {
    Path data = Files.createFile(directory.resolve("data"));

    assertThat(SelfCheck.run(data).problems()).singleElement().asString().contains("no directory");
  }

  @Test
  void shouldRefuseRuntimesWithFaultyCiphers() {
    for (String old : List.of("11.0.20", "17.0.12", "21.0.4", "25", "25.0.2")) {
      problems.clear();
      JavaCheck.version(Runtime.Version.parse(old), problems, warnings);
      assertThat(problems).as(old).singleElement().asString().contains("too old");
    }
  }

  @Test
  void shouldTakeTestedRuntimesAndWarnOfOthers() {
    for (String good : List.of("17.0.13", "17.0.15+6", "21.0.5", "25.0.3", "25.0.4+7-LTS")) {
      JavaCheck.version(Runtime.Version.parse(good), problems, warnings);
    }
    assertThat(problems).isEmpty();
    assertThat(warnings).isEmpty();

    JavaCheck.version(Runtime.Version.parse("26.0.1"), problems, warnings);
    assertThat(problems).isEmpty();
    assertThat(warnings).hasSize(1);
  }

  @Test
  void shouldNameEachMissingFlag() {
    // A module that nothing was opened to.
    Module stranger = ModuleLayer.boot().findModule("java.logging").orElseThrow();

    JavaCheck.flags(stranger, 25, List.of(), problems);

    assertThat(problems)
        .anyMatch(problem -> problem.contains("--add-opens=java.base/java.lang.reflect="))
        .anyMatch(problem -> problem.contains("--add-exports=java.base/sun.nio.ch="))
        .anyMatch(problem -> problem.contains("--sun-misc-unsafe-memory-access=allow"))
        .allMatch(problem -> problem.contains("./vellum"));
  }

  @Test
  void shouldNotAskForTheUnsafeFlagWhereJavaRefusesIt() {
    JavaCheck.flags(SelfCheckTest.class.getModule(), 17, List.of(), problems);

    assertThat(problems).isEmpty();
  }

  @Test
  void shouldNameALibraryThatDoesNotLoad() {
    NativeCheck.load(
        "rocksdbjni",
        () -> {
          throw new UnsatisfiedLinkError("no rocksdbjni in java.library.path");
        },
        problems);

    assertThat(problems).singleElement().asString().contains("rocksdbjni", "java.io.tmpdir");
  }

  @Test
  void shouldNameATemporaryDirectoryThatIsNotThere() {
    DirectoryCheck.executable(directory.resolve("absent"), problems);

    assertThat(problems).singleElement().asString().contains("java.io.tmpdir");
  }
}
