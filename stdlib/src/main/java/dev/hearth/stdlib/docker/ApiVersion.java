package dev.hearth.stdlib.docker;

import java.util.Comparator;
import java.util.Optional;

/** A version of the Engine API, such as 1.45. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /** Docker Engine 20.10 and Podman 4: what is older is refused. */
  static final ApiVersion OLDEST = new ApiVersion(1, 41);

  /** The newest that our tests meet, Docker Engine 26.1; newer engines are spoken to in it. */
  static final ApiVersion USUAL = new ApiVersion(1, 45);

  /** That of Docker Engine 29, the newest of which it is known that it takes {@link #USUAL}. */
  static final ApiVersion LATEST = new ApiVersion(1, 52);

  static Optional<ApiVersion> parse(String text) {
    if (!text.matches("[0-9]{1,3}\\.[0-9]{1,4}")) {
      return Optional.empty();
    }
    var parts = text.split("\\.", 2);
    return Optional.of(new ApiVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }

  boolean isAtLeast(int major, int minor) {
    return compareTo(new ApiVersion(major, minor)) >= 0;
  }

  @Override
  public int compareTo(ApiVersion other) {
    return Comparator.comparingInt(ApiVersion::major)
        .thenComparingInt(ApiVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
