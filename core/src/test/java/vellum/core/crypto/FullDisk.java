package vellum.core.crypto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** A disk without room for another file, on which besides the n-th other change goes wrong. */
final class FullDisk implements Disk {

  private final RealDisk disk = new RealDisk();
  private final boolean killing;
  private final int failAt;
  private int changes;

  /** Kills the process at the change, or gives one I/O error. */
  FullDisk(boolean killing, int failAt) {
    this.killing = killing;
    this.failAt = failAt;
  }

  boolean failed() {
    return changes >= failAt;
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    throw new IOException("No space left on device");
  }

  @Override
  public void replaceUnforced(Path file, byte[] content) throws IOException {
    replace(file, content);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    count();
    disk.force(channel);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    count();
    disk.forceDirectory(directory);
  }

  @Override
  public void deleteTree(Path path) throws IOException {
    count();
    disk.deleteTree(path);
  }

  @Override
  public long usableBytes(Path path) {
    return 0;
  }

  private void count() throws IOException {
    changes++;
    if (killing && changes >= failAt) {
      throw new FailingDisk.Killed();
    }
    if (changes == failAt) {
      throw new IOException("injected");
    }
  }
}
