package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of a program, as its maker publishes it.
 *
 * @param version such as {@code 1.11.4} or {@code 1.12.0-rc1}
 */
record Release(Product product, String version) {
  private static final Pattern VERSION =
      Pattern.compile("[0-9]{1,5}\\.[0-9]{1,5}\\.[0-9]{1,5}(-[a-z][a-z0-9.]{0,20})?");

  /** Oldest first; what comes before a version is older than it. */
  static final Comparator<Release> BY_AGE =
      Comparator.comparing(Release::numbers, Arrays::compare)
          .thenComparing(release -> release.before().isEmpty())
          .thenComparing(Release::before);

  /** The release of a version that somebody typed. */
  static Release of(Product product, String version) {
    if (!VERSION.matcher(version).matches()) {
      throw new HearthException(InstallError.VERSION_WRONG, VisibleText.of(version));
    }
    return new Release(product, version);
  }

  /**
   * The release that is kept under a name, as {@link #toString} makes it; a version alone is one of
   * Terraform.
   */
  static Release named(String name) {
    return Arrays.stream(Product.values())
        .filter(product -> name.startsWith(product + "-"))
        .findFirst()
        .map(product -> of(product, name.substring(product.toString().length() + 1)))
        .orElseGet(() -> of(Product.TERRAFORM, name));
  }

  private int[] numbers() {
    return Arrays.stream(version.replaceFirst("-.*", "").split("\\."))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private String before() {
    int hyphen = version.indexOf('-');
    return hyphen < 0 ? "" : version.substring(hyphen + 1);
  }

  /** The archive for this machine; empty where its maker makes none. */
  Optional<String> archive() {
    var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    var machine =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> "";
        };
    var platform = system.startsWith("mac") ? "darwin" : system;
    return platform.matches("linux|darwin") && !machine.isEmpty()
        ? Optional.of("%s_%s_%s_%s.zip".formatted(product.program(), version, platform, machine))
        : Optional.empty();
  }

  /** The file with the checksums of all its archives. */
  String checksums() {
    return product.program() + "_" + version + "_SHA256SUMS";
  }

  /** The file with the signature of the checksums. */
  String signature() {
    return checksums() + product.signatureEnd();
  }

  /** The folder with its files. */
  String folder() {
    return product.folderPrefix() + version;
  }

  /** The name under which it is kept: {@code opentofu-1.12.6}. */
  @Override
  public String toString() {
    return product + "-" + version;
  }
}
