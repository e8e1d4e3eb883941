package vellum.core.crypto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/**
 * A disk without room for another file; optionally the process is killed at the n-th other change.
 */
final class FullDisk implements Disk {

  private final RealDisk disk = new RealDisk();
  private final int killAt;
  private int changes;

  FullDisk(int killAt) {
    this.killAt = killAt;
  }

  boolean killed() {
    return changes >= killAt;
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    throw new IOException("No space left on device");
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

  private void count() {
    changes++;
    if (changes >= killAt) {
      throw new FailingDisk.Killed();
    }
  }
}
