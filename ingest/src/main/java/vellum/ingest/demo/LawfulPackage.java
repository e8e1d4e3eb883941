package vellum.ingest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vellum.core.crypto.DevelopmentAuthority;
import vellum.core.disclosure.PackageCheck;
import vellum.core.envelope.AgencyKey;
import vellum.ingest.endpoint.ServerCalls;

/** A package at the agency that it is for: fetched, checked, opened by OpenSSL. For one thread. */
final class LawfulPackage {

  private static final String RECORDS = "records-000001.csv.p7m";
  private static final List<String> CMS = List.of("openssl", "cms");

  private final Path home;
  private final Path files;
  private final Path signer;

  private LawfulPackage(Path home) {
    this.home = home;
    this.files = home.resolve("package");
    this.signer = home.resolve("signer.pem");
  }

  /**
   * Fetches a package that is handed over.
   *
   * @param home new directory of the agency
   * @param delivered as the server answered
   */
  static LawfulPackage fetch(
      ServerCalls calls, JsonNode delivered, DevelopmentAuthority.Issued agency, Path home)
      throws IOException {
    LawfulPackage fetched = new LawfulPackage(home);
    Files.createDirectories(fetched.files);
    Files.writeString(home.resolve("agency.pem"), agency.certificate());
    Files.writeString(home.resolve("agency.key"), agency.key());
    Files.writeString(
        fetched.signer, calls.get("/v1/disclosures/signer").path("pem").asText() + "\n");
    for (JsonNode file : delivered.path("files")) {
      String name = file.path("name").asText();
      String path = "/v1/orders/" + delivered.path("order").asText() + "/package/" + name;
      try (OutputStream out = Files.newOutputStream(fetched.files.resolve(name))) {
        calls.download(path, in -> in.transferTo(out));
      }
    }
    return fetched;
  }

  /** Checks it as {@code vellum order verify} does. */
  PackageCheck.Report check() throws IOException {
    return PackageCheck.check(
        files,
        AgencyKey.of(Files.readString(home.resolve("agency.key"))),
        Files.readString(signer),
        bytes -> {});
  }

  /** Whether OpenSSL is here, with CMS that is encrypted and authenticated in one: 3.0 or later. */
  static boolean hasOpenssl() {
    try {
      String version =
          new String(run(List.of("openssl", "version"), Path.of(".")), StandardCharsets.UTF_8);
      return version.matches("(?s)OpenSSL [3-9].*");
    } catch (IOException notThere) {
      return false;
    }
  }

  /** The records as {@code openssl cms -decrypt} opens them. */
  String opened() throws IOException {
    return new String(decrypted(RECORDS), StandardCharsets.UTF_8);
  }

  /** Whether {@code openssl cms -verify} finds that the provider signed the manifest. */
  boolean isVerified() throws IOException {
    Files.write(home.resolve("manifest.json"), decrypted("manifest.json.p7m"));
    Files.write(home.resolve("manifest.json.p7s"), decrypted("manifest.json.p7s.p7m"));
    List<String> verify = new ArrayList<>(CMS);
    verify.addAll(
        List.of(
            ("-verify -binary -inform DER -in manifest.json.p7s -content manifest.json"
                    + " -CAfile signer.pem -certfile signer.pem -no_check_time -out verified.json")
                .split(" ", -1)));
    run(verify, home);
    return Files.mismatch(home.resolve("manifest.json"), home.resolve("verified.json")) == -1;
  }

  private byte[] decrypted(String name) throws IOException {
    List<String> decrypt = new ArrayList<>(CMS);
    decrypt.addAll(
        List.of(
            ("-decrypt -binary -inform DER -recip agency.pem -inkey agency.key -in package/" + name)
                .split(" ", -1)));
    return run(decrypt, home);
  }

  /** What a program prints; a failure when it does not end well. */
  private static byte[] run(List<String> command, Path directory) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    byte[] printed = process.getInputStream().readAllBytes();
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(String.join(" ", command.subList(0, 3)) + " ended with " + code);
      }
      return printed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + command.get(0), e);
    }
  }
}
