package vellum.core.disclosure;

/** What a receiver does with a package, in words that say nothing of what is in it. Stateless. */
final class ReadMe {

  private ReadMe() {}

  static String text() {
    return """
        Records, encrypted for you and signed by their provider
        ========================================================

        Each *.p7m is CMS AuthEnvelopedData with AES-256-GCM (RFC 5083, RFC 5084). OpenSSL 3.0 or
        later opens it; agency.pem is your certificate, agency.key its private key.

        1. Was it copied whole?

             sha256sum -c SHA256SUMS

        2. Open a file, and the others likewise. Keep what comes out only when the command ends
           with status 0: until then it is not proven.

             openssl cms -decrypt -binary -inform DER -in manifest.json.p7m \\
               -recip agency.pem -inkey agency.key -out manifest.json

           When you were given a passphrase in place of sending a certificate:

             openssl cms -decrypt -binary -inform DER -in manifest.json.p7m \\
               -pwri_password PASSPHRASE -out manifest.json

        3. Who signed it? Open manifest.json.p7s.p7m as above into manifest.json.p7s; signer.pem is
           the provider's certificate, which you were given another way. Compare its fingerprint.

             openssl cms -verify -binary -inform DER -in manifest.json.p7s \\
               -content manifest.json -CAfile signer.pem -certfile signer.pem -out /dev/null

        4. manifest.json has the SHA-256 of each file as it is here (sha256) and as it is once
           opened (plain_sha256), how many records are in it, and what is no longer held.

        5. If there is a manifest.tst, it is a time stamp (RFC 3161) of manifest.json.p7s; tsa.pem
           is the certificate of the time stamping authority.

             openssl ts -verify -token_in -in manifest.tst -data manifest.json.p7s -CAfile tsa.pem

        Or all of it at once: vellum order verify DIRECTORY --key agency.key --signer signer.pem
        """;
  }
}
