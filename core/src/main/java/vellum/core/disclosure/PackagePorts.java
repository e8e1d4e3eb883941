package vellum.core.disclosure;

import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.PackageSigner;
import vellum.core.disk.Disk;
import vellum.core.envelope.Recipient;
import vellum.core.envelope.StampPort;

/**
 * What a package is made with.
 *
 * @param to whom it is for
 * @param signer signs the manifest
 * @param stamps gives the signature a time stamp; null for none
 */
public record PackagePorts(
    Recipient to,
    PackageSigner signer,
    Disk disk,
    SecureRandom random,
    InstantSource clock,
    @Nullable StampPort stamps) {}
