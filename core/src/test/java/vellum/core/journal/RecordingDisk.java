package vellum.core.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;

/** The real disk, which tells what it was asked and fails or fills up when it is told. */
final class RecordingDisk implements Disk {

  private final RealDisk real = new RealDisk();
  private final List<String> events = new ArrayList<>();
  private volatile boolean failingForces;
  private volatile long usable = Long.MAX_VALUE / 4;
  private Runnable beforeForce = () -> {};
  private int forces;

  @Override
  public void replace(Path file, byte[] content) throws IOException {
    real.replace(file, content);
    events.add("replace " + file.getParent().getFileName() + "/" + file.getFileName());
  }

  @Override
  public void replaceUnforced(Path file, byte[] content) throws IOException {
    real.replaceUnforced(file, content);
  }

  @Override
  public void force(FileChannel channel) throws IOException {
    beforeForce.run();
    if (failingForces) {
      throw new IOException("the disk failed, as asked");
    }
    real.force(channel);
    forces++;
    events.add("force of " + channel.size());
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    real.forceDirectory(directory);
    events.add("directory " + directory.getFileName());
  }

  @Override
  public void deleteTree(Path path) throws IOException {
    real.deleteTree(path);
    events.add("delete " + path.getFileName());
  }

  @Override
  public long usableBytes(Path path) {
    return usable;
  }

  List<String> events() {
    return events;
  }

  int forces() {
    return forces;
  }

  void failForces() {
    failingForces = true;
  }

  void usable(long bytes) {
    usable = bytes;
  }

  void beforeForce(Runnable action) {
    beforeForce = action;
  }
}
