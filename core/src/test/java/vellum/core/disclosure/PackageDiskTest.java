package vellum.core.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.disclosure.PackageFixture.facts;
import static vellum.core.disclosure.PackageFixture.records;
import static vellum.core.disclosure.PackageFixture.spec;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** Packages on disks that are full or fail. */
final class PackageDiskTest {

  @TempDir private Path directory;
  private PackageFixture fixture;

  /** A disk on which the n-th change fails with words of the system. */
  private static final class Failing implements Disk {

    private final RealDisk disk = new RealDisk();
    private final String words;
    private final int failAt;
    private int changes;
    private long usable = Long.MAX_VALUE;

    Failing(String words, int failAt) {
      this.words = words;
      this.failAt = failAt;
    }

    private void count() throws IOException {
      if (++changes == failAt) {
        throw new IOException(words);
      }
    }

    @Override
    public void replaceUnforced(Path file, byte[] content) throws IOException {
      count();
      disk.replaceUnforced(file, content);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
      count();
      disk.replace(file, content);
    }

    @Override
    public void force(FileChannel channel) throws IOException {
      count();
      disk.force(channel);
    }

    @Override
    public void forceDirectory(Path path) throws IOException {
      count();
      disk.forceDirectory(path);
    }

    @Override
    public void deleteTree(Path path) throws IOException {
      disk.deleteTree(path);
    }

    @Override
    public long usableBytes(Path path) {
      return usable;
    }
  }

  @BeforeEach
  void make() {
    fixture = new PackageFixture(directory, DevelopmentAgency.Key.P_256);
  }

  private void write(Disk disk) {
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages,
            spec(2, RecordForm.CSV, RecordForm.NDJSON),
            fixture.ports(fixture.certificate(), disk, null))) {
      records(5).forEach(writer::add);
      writer.finish(facts());
    }
  }

  @Test
  void shouldLeaveNoPackageWhereverTheDiskIsFull() throws IOException {
    for (int failAt = 1; ; failAt++) {
      // given
      Failing disk = new Failing("No space left on device", failAt);
      // when
      boolean isDone = false;
      try {
        write(disk);
        isDone = true;
      } catch (PackageException.NoRoom | PackageException.DiskFailed e) {
        // then: no manifest, nothing half made, and it can be made again
        assertThat(fixture.packages.resolve("manifest.json.p7m")).doesNotExist();
        List<Path> left = fixture.files();
        assertThat(left.toString()).doesNotContain(".making");
        if (e instanceof PackageException.NoRoom full) {
          assertThat(full.neededBytes()).isPositive();
          assertThat(full.code()).isEqualTo("NO_ROOM");
        }
      }
      new RealDisk().deleteTree(fixture.packages);
      if (isDone) {
        assertThat(failAt).isGreaterThan(8);
        return;
      }
    }
  }

  @Test
  void shouldSayHowManyBytesItNeedsAndGoOnWhenThereAre() {
    // given
    Failing disk = new Failing("", 0);
    PackagePorts ports = fixture.ports(fixture.certificate(), disk, null);
    PackageState state;
    try (PackageWriter writer =
        PackageWriter.begin(fixture.packages, spec(2, RecordForm.CSV), ports)) {
      records(2).forEach(writer::add);
      state = writer.checkpoint();
      disk.usable = 1_000;
      // when
      assertThatThrownBy(() -> writer.add(records(1).get(0)))
          .isInstanceOf(PackageException.NoRoom.class)
          .hasMessageContaining("there are 1000");
    }
    disk.usable = Long.MAX_VALUE;
    // then
    try (PackageWriter writer =
        PackageWriter.resume(fixture.packages, state, spec(2, RecordForm.CSV), ports)) {
      writer.add(records(1).get(0));
      assertThat(writer.finish(facts()).records()).isEqualTo(3);
    }
    assertThat(fixture.check().records()).isEqualTo(3);
  }

  @Test
  void shouldTellAFailingDiskFromAFullOne() {
    assertThatThrownBy(() -> write(new Failing("Input/output error", 3)))
        .isInstanceOf(PackageException.DiskFailed.class)
        .satisfies(e -> assertThat(((PackageException) e).recoverable()).isTrue());
  }
}
