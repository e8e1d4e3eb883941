package vellum.core.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What a power cut does to files: pages of 4 KiB that were not forced are there or not. */
final class Pages {

  static final int BYTES = 4_096;

  private Pages() {}

  static List<Path> files(Path directory) {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static Path data(Path directory, int segment) {
    return files(directory).stream()
        .filter(file -> file.toString().endsWith(".cq4"))
        .toList()
        .get(segment);
  }

  static void copy(Path from, Path to) {
    try {
      for (Path file : files(from)) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A directory as a power cut leaves it: as it was at its last force, with some of the pages that
   * were written later. Files that came later are there or not.
   */
  static void cut(Path forced, Path later, Path to, Random random, double share) {
    copy(forced, to);
    try {
      for (Path file : files(later)) {
        Path target = to.resolve(later.relativize(file));
        boolean there = Files.exists(target);
        if (!there && random.nextBoolean()) {
          continue;
        }
        Files.createDirectories(target.getParent());
        overlay(file, target, random, share);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void overlay(Path file, Path target, Random random, double share)
      throws IOException {
    byte[] now = Files.readAllBytes(file);
    byte[] before = Files.exists(target) ? Files.readAllBytes(target) : new byte[0];
    boolean longer = random.nextBoolean();
    byte[] mixed =
        Arrays.copyOf(before, longer ? Math.max(now.length, before.length) : before.length);
    for (int at = 0; at < mixed.length; at += BYTES) {
      int end = Math.min(at + BYTES, Math.min(mixed.length, now.length));
      if (end > at && random.nextDouble() < share) {
        System.arraycopy(now, at, mixed, at, end - at);
      }
    }
    Files.write(target, mixed);
  }

  /** Where bytes are in a file. */
  static long find(Path file, byte[] wanted) {
    try {
      byte[] content = Files.readAllBytes(file);
      for (int at = 0; at + wanted.length <= content.length; at++) {
        if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
          return at;
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    throw new AssertionError("not in " + file);
  }

  static void zero(Path file, long from, int length) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(from);
      open.write(new byte[length]);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void flipBit(Path file, long at) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 0x10);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static void cutLength(Path file, long length) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
