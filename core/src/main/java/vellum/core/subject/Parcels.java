package vellum.core.subject;

import java.util.List;
import java.util.Optional;
import vellum.core.casefile.CaseId;
import vellum.core.search.Found;
import vellum.v1.DetailRecord;

/** Where answers with records are put: sealed for whoever asked, and nobody else. Thread-safe. */
public interface Parcels {

  /**
   * Begins the parcel of a request, in place of what an earlier answer left.
   *
   * @param certificate PEM of the certificate that it is sealed for; empty: a passphrase is made
   * @throws RequestException.BadCertificate when nothing may be sealed for it
   */
  Opened open(Request request, String certificate);

  /** Removes a request's parcel, finished or not, if there is one. */
  void remove(CaseId id);

  /** Names of the files of a finished parcel; empty when there is none. */
  List<String> files(CaseId id);

  /** The bytes of one of its files, all sealed or for everybody; empty when there is none. */
  Optional<byte[]> file(CaseId id, String name);

  /**
   * A parcel that was begun.
   *
   * @param passphrase that opens it, told once; empty when it is sealed for a certificate
   */
  record Opened(Parcel parcel, String passphrase) {
    @Override
    public String toString() {
      return "parcel";
    }
  }

  /** A parcel that is being filled, by one thread. */
  interface Parcel {

    /**
     * Adds a record.
     *
     * @param found where it was found
     * @param shown as whoever asked may see it
     */
    void add(Found found, DetailRecord shown);

    /**
     * Ends it with the answer's own document.
     *
     * @param answer JSON, UTF-8
     * @return SHA-256 of its manifest, in hex
     */
    String finish(byte[] answer);

    /** Removes what there is of it. */
    void abandon();
  }
}
