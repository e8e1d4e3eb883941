package vellum.core.crypto;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/**
 * A disk on which the n-th change goes wrong: with an I/O error, or because the process is killed
 * before it or after it. A killed process changes nothing more.
 */
final class FailingDisk implements Disk {

  enum Failure {
    ERROR,
    KILLED_BEFORE,
    KILLED_AFTER
  }

  /** The process is gone. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final RealDisk disk = new RealDisk();
  private final Failure failure;
  private final int failAt;
  private int changes;
  private int directoryForces;

  FailingDisk(Failure failure, int failAt) {
    this.failure = failure;
    this.failAt = failAt;
  }

  /** Whether the change at which to fail was reached. */
  boolean failed() {
    return changes >= failAt;
  }

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    directoryForces++;
    halfWrite(file, content);
    change(() -> disk.replace(file, content));
  }

  @Override
  public void replaceUnforced(Path file, byte[] content) throws IOException {
    halfWrite(file, content);
    change(() -> disk.replaceUnforced(file, content));
  }

  private void halfWrite(Path file, byte[] content) throws IOException {
    if (changes + 1 == failAt && failure != Failure.KILLED_AFTER) {
      byte[] half = Arrays.copyOf(content, content.length / 2);
      Files.write(file.resolveSibling(file.getFileName() + ".tmp"), half);
    }
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    change(() -> disk.force(channel));
  }

  /** How often a directory was forced by itself, or after a file in it was replaced. */
  int directoryForces() {
    return directoryForces;
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    directoryForces++;
    change(() -> disk.forceDirectory(directory));
  }

  @Override
  public void deleteTree(Path path) throws IOException {
    change(() -> disk.deleteTree(path));
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    return disk.usableBytes(path);
  }

  private void change(Change change) throws IOException {
    changes++;
    if (failure == Failure.ERROR) {
      if (changes == failAt) {
        throw new IOException("injected");
      }
      change.make();
      return;
    }
    if (changes > failAt || (changes == failAt && failure == Failure.KILLED_BEFORE)) {
      throw new Killed();
    }
    change.make();
    if (changes == failAt) {
      throw new Killed();
    }
  }

  private interface Change {
    void make() throws IOException;
  }
}
