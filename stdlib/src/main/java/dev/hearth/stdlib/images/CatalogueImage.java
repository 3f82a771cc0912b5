package dev.hearth.stdlib.images;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the catalogue. Its addresses are the vendor's own for "the newest build".
 *
 * @param id such as {@code debian-13}
 * @param family such as {@code debian}; alone it means the newest release of the family
 * @param image where the image is, with {@code {arch}} for the vendor's word for the architecture
 * @param checksums where the vendor publishes the checksum, in any of {@link ChecksumFile}'s forms
 * @param algorithm {@code sha256} or {@code sha512}
 * @param architectures the vendor's words, by ours: {@code amd64}, {@code arm64}
 * @param user the user that cloud-init makes when nobody else is named
 * @param packages the package manager
 * @param agentPackage the package with the guest agent
 * @param agentPreinstalled whether the image has it
 * @param cpu the Proxmox CPU type that the distribution needs at least
 * @param diskGiB how big the disk must be at least
 * @param memoryMiB how much memory it needs at least to boot and set itself up
 * @param endOfLife the vendor's own date; {@code null} for a rolling release
 */
public record CatalogueImage(
    String id,
    String family,
    String name,
    String version,
    String image,
    String checksums,
    String algorithm,
    Map<String, String> architectures,
    String user,
    String packages,
    String agentPackage,
    boolean agentPreinstalled,
    String cpu,
    int diskGiB,
    int memoryMiB,
    @Nullable String endOfLife) {

  /** Where the image for an architecture is; empty when the vendor has none. */
  Optional<URI> imageFor(String architecture) {
    return at(image, architecture);
  }

  Optional<URI> checksumsFor(String architecture) {
    return at(checksums, architecture);
  }

  private Optional<URI> at(String pattern, String architecture) {
    return Optional.ofNullable(architectures.get(architecture))
        .map(word -> URI.create(pattern.replace("{arch}", word)));
  }
}
