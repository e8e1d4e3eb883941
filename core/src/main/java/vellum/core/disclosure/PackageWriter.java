package vellum.core.disclosure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import vellum.core.disk.DiskFull;
import vellum.core.envelope.CmsEnvelope;
import vellum.core.record.Output;
import vellum.core.record.Sha256;

/**
 * Makes a package in a directory: files of at most so many records, each encrypted for the receiver
 * and signed for by the manifest, which is written last. Where there is no manifest, there is no
 * package. Memory is bounded by a buffer a form; clear text is nowhere else. Not thread-safe.
 *
 * <p>It goes on after a crash: whoever adds records keeps the {@link PackageState} of a checkpoint
 * beside the place of the record that was added last.
 */
public final class PackageWriter implements AutoCloseable {

  /** Room for what is small, and how often is looked whether there is some. */
  private static final long LEAST_ROOM = 4 << 20;

  private static final long LOOK_EVERY = 8 << 20;

  private final Path directory;
  private final PackageSpec spec;
  private final PackagePorts with;
  private final Filtering filtering;
  private final List<PackageFile> files;
  private final List<FormFile> forms = new ArrayList<>();
  private final SortedMap<String, Attachment> attachments = new TreeMap<>();
  private final Tally tally;
  private final CmsEnvelope envelopes;
  private int parts;

  /** Records in the files at hand; less than 0 when none is begun. */
  private int inPart = -1;

  private long looked;
  private boolean isDue;
  private boolean isOver;

  private PackageWriter(Path directory, PackageState state, PackageSpec spec, PackagePorts with) {
    this.directory = directory;
    this.spec = spec;
    this.with = with;
    this.filtering = new Filtering(spec.classes());
    this.files = new ArrayList<>(state.files());
    this.tally = new Tally(state.counts());
    state.attachments().forEach(each -> attachments.put(each.file(), each));
    this.parts = state.files().size() / spec.forms().size();
    this.envelopes = new CmsEnvelope(with.to(), with.random());
    for (RecordForm form : new TreeSet<>(spec.forms())) {
      forms.add(new FormFile(directory, form, spec, with.disk(), envelopes));
    }
  }

  /**
   * Begins a package.
   *
   * @param directory made when absent; must be empty
   * @throws PackageException.BadDirectory when it is not
   */
  public static PackageWriter begin(Path directory, PackageSpec spec, PackagePorts with) {
    return resume(directory, PackageState.EMPTY, spec, with);
  }

  /**
   * Goes on with a package: what was begun after the state was taken is thrown away.
   *
   * @param spec the same as before
   * @throws PackageException.BadDirectory when a file of the state is missing, or one is there that
   *     no package has
   */
  public static PackageWriter resume(
      Path directory, PackageState state, PackageSpec spec, PackagePorts with) {
    try {
      PackageDirectory.prepare(directory, state, with.disk());
      return new PackageWriter(directory, state, spec, with);
    } catch (IOException e) {
      throw new PackageException.DiskFailed(e);
    }
  }

  /** Adds a record. */
  public void add(Disclosed record) {
    byte[] bytes = record.record().toByteArray();
    add(bytes, 0, bytes.length, record.origin());
  }

  /**
   * Adds a record in its Protobuf encoding, which must be canonical, as {@code RecordOpener} writes
   * it.
   *
   * @param origin had better be the same object for records of the same origin
   * @throws PackageException.NoRoom when the disk is full
   * @throws PackageException.DiskFailed when it fails
   */
  public void add(byte[] record, int offset, int length, Origin origin) {
    requireOpen();
    try {
      if (spec.classes().isAll()) {
        put(record, offset, length, origin);
      } else {
        Output filtered = filtering.of(record, offset, length);
        put(filtered.bytes(), 0, filtered.size(), origin);
      }
    } catch (IOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void put(byte[] record, int offset, int length, Origin origin) throws IOException {
    if (inPart < 0) {
      beginPart();
    }
    long number = tally.records() + 1;
    for (FormFile form : forms) {
      form.add(record, offset, length, origin, number);
    }
    tally.add(origin);
    inPart++;
    if (inPart == spec.partRecords()) {
      endPart();
    } else if (bytesAtHand() - looked > LOOK_EVERY) {
      requireRoom();
    }
  }

  /**
   * Adds a file that holds no records, or replaces it: durable when this returns.
   *
   * @param name {@code answer.json}
   * @param content at most {@link Attachment#MAX_BYTES}
   * @throws IllegalArgumentException when it is too long, or its name is none for it
   */
  public void attach(String name, byte[] content) {
    requireOpen();
    if (content.length > Attachment.MAX_BYTES) {
      throw new IllegalArgumentException(
          "an attachment has at most " + Attachment.MAX_BYTES + " bytes: " + content.length);
    }
    byte[] sealed = envelopes.seal(content);
    Attachment attachment =
        new Attachment(
            Attachment.file(name),
            sealed.length,
            Sha256.hex(sealed),
            content.length,
            Sha256.hex(content));
    try {
      with.disk().replace(directory.resolve(attachment.file()), sealed);
    } catch (IOException e) {
      throw failed(e);
    }
    attachments.put(attachment.file(), attachment);
  }

  private void beginPart() throws IOException {
    looked = 0;
    requireRoom();
    parts++;
    for (FormFile form : forms) {
      form.begin(parts);
    }
    inPart = 0;
  }

  private void endPart() throws IOException {
    List<PackageFile> ended = new ArrayList<>();
    for (FormFile form : forms) {
      ended.add(form.end(inPart));
    }
    with.disk().forceDirectory(directory);
    files.addAll(ended);
    inPart = -1;
    isDue = true;
  }

  private long bytesAtHand() {
    long bytes = 0;
    for (FormFile form : forms) {
      bytes += form.bytes();
    }
    return bytes;
  }

  private void requireRoom() throws IOException {
    looked = bytesAtHand();
    long needed = LEAST_ROOM + LOOK_EVERY * forms.size();
    long usable = with.disk().usableBytes(directory);
    if (usable < needed) {
      throw new PackageException.NoRoom(neededBytes(), usable);
    }
  }

  /** What the files at hand take once they are whole, as far as is known. */
  private long neededBytes() {
    long largest = files.stream().mapToLong(PackageFile::bytes).max().orElse(0);
    return LEAST_ROOM + Math.max(largest * forms.size(), bytesAtHand() + LOOK_EVERY * forms.size());
  }

  /** Whether files were finished since the last checkpoint, so that one costs nothing. */
  public boolean isDue() {
    return isDue;
  }

  /** Ends the files at hand, durably; from what it returns, the package can be gone on with. */
  public PackageState checkpoint() {
    requireOpen();
    try {
      if (inPart > 0) {
        endPart();
      }
    } catch (IOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    isDue = false;
    return new PackageState(files, List.copyOf(attachments.values()), tally.counts());
  }

  /**
   * Ends the package: signs it, and writes the manifest when all else is durable.
   *
   * @throws PackageException.NoStamp when the time stamping authority does not answer
   * @throws vellum.core.envelope.EnvelopeException.BadStamp when the time stamp does not hold
   */
  public Manifest finish(PackageFacts facts) {
    PackageState state = checkpoint();
    try {
      long usable = with.disk().usableBytes(directory);
      if (usable < LEAST_ROOM) {
        throw new PackageException.NoRoom(LEAST_ROOM, usable);
      }
      Manifest manifest = Manifest.of(state, spec, facts, with);
      new PackageEnd(directory, with).write(manifest);
      isOver = true;
      return manifest;
    } catch (IOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private PackageException failed(IOException e) {
    long needed = neededBytes();
    close();
    if (DiskFull.isIn(e)) {
      return new PackageException.NoRoom(needed, 0);
    }
    return new PackageException.DiskFailed(e);
  }

  private void requireOpen() {
    if (isOver) {
      throw new IllegalStateException("the package is finished, or broken off");
    }
  }

  /** Throws away what was begun; what was finished stays, to be gone on with. */
  @Override
  public void close() {
    isOver = true;
    for (FormFile form : forms) {
      try {
        form.drop();
      } catch (IOException e) {
        // What is left is swept when the package is gone on with.
      }
    }
    inPart = -1;
  }
}
