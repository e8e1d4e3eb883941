package vellum.core.order;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.PackageSigner;
import vellum.core.disk.Disk;
import vellum.core.envelope.StampPort;

/**
 * What packages of orders are made with.
 *
 * @param stamps gives signatures a time stamp; null for none
 * @param provider who answers, as ETSI documents name it
 * @param schema the operator's XSD of ETSI documents; null for none
 * @param policy version of the retention policy that is in force
 * @param tool version of the program
 */
public record PackageParts(
    PackageSigner signer,
    Disk disk,
    SecureRandom random,
    InstantSource clock,
    @Nullable StampPort stamps,
    String provider,
    @Nullable Path schema,
    Supplier<String> policy,
    String tool) {}
