package dev.hearth.stdlib.docker;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.http.HttpBody;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One copy from a repository to another, of the same registry or of two. What the target has is not
 * sent; what both have in one registry is only named; everything else goes through this process in
 * pieces, from one stream to the other.
 */
final class RegistryCopy {
  private static final int DEEPEST = 3; // of indexes in indexes

  private final RegistryClient from;
  private final RegistryClient to;
  private final RegistryImage source;
  private final RegistryImage target;
  private final Clock clock;
  private final Set<String> done = new HashSet<>();

  private int copied;
  private int mounted;
  private int present;
  private long copiedBytes;

  /**
   * What was done.
   *
   * @param digest of what the target's name means now
   * @param changed whether it meant something else before
   * @param copied blobs that were sent
   * @param mounted blobs that the registry took from another repository of its own
   * @param present blobs that were there
   */
  record Copied(
      String digest, boolean changed, int copied, int mounted, int present, long copiedBytes) {}

  RegistryCopy(
      RegistryClient from,
      RegistryImage source,
      RegistryClient to,
      RegistryImage target,
      Clock clock) {
    this.clock = clock;
    this.from = from;
    this.source = source;
    this.to = to;
    this.target = target;
  }

  /**
   * Copies.
   *
   * @param platform of an index only this one; null for all
   */
  Copied run(@Nullable String platform) {
    var manifest = from.manifest(source);
    if (platform != null && manifest.isIndex()) {
      manifest = from.manifest(source.at(manifest.forPlatform(platform, source, from.where())));
    }
    var before = to.digest(target);
    if (before.equals(Optional.of(manifest.digest()))) {
      return new Copied(manifest.digest(), false, 0, 0, 0, 0);
    }
    if (target.isDigest() && !target.reference().equals(manifest.digest())) {
      throw new HearthException(RegistryError.REGISTRY_MISMATCH, from.where().host(), target);
    }
    content(manifest, 0);
    to.put(target, manifest);
    return new Copied(manifest.digest(), true, copied, mounted, present, copiedBytes);
  }

  /** What a manifest names must be there before it. */
  private void content(Manifest manifest, int depth) {
    if (!manifest.isIndex()) {
      for (var blob : manifest.blobs(from.where())) {
        if (done.add(blob.digest())) {
          copy(blob);
        }
      }
      return;
    }
    if (depth == DEEPEST) {
      throw new HearthException(
          RegistryError.REGISTRY_UNKNOWN_KIND, source, "an index in an index in an index");
    }
    for (var child : manifest.children(from.where())) {
      if (done.add(child)) {
        var one = from.manifest(source.at(child));
        content(one, depth + 1);
        to.put(target.at(child), one);
      }
    }
  }

  private void copy(Manifest.Blob blob) {
    if (to.hasBlob(target.repository(), blob.digest())) {
      present++;
      return;
    }
    boolean isOne = from.where().equals(to.where());
    var place = to.upload(target.repository(), blob.digest(), isOne ? source.repository() : null);
    if (place.isEmpty()) {
      mounted++;
      return;
    }
    try (var content = BlobStream.open(from, source.repository(), blob, clock)) {
      to.put(
          target.repository(), place.get(), blob.digest(), HttpBody.of(content, content.length()));
      copied++;
      copiedBytes += content.count();
    }
  }
}
