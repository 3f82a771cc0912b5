package dev.hearth.runtime.secret;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.storage.PrivateFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the user's {@link Identity} is: in the file that they chose, else in {@code identity.txt}
 * of the config folder, which is made when something is first sealed. Safe for several threads.
 */
public final class IdentityFile {
  private final PrivateFile own;
  private final Supplier<Optional<Path>> chosen;
  private volatile @Nullable Identity known;

  /**
   * The identity of a config folder.
   *
   * @param chosen the file that the user set, asked for at the first use
   */
  public IdentityFile(Path config, Supplier<Optional<Path>> chosen) {
    this.own = new PrivateFile(config.resolve("identity.txt"));
    this.chosen = chosen;
  }

  /** Where it is, or will be. */
  public Path path() {
    return chosen.get().orElse(own.path());
  }

  /**
   * The identity, made if there is none and the user chose none.
   *
   * @throws HearthException {@code secret.key-…}, {@code storage.readable-by-others}
   */
  public Identity forSealing() {
    var identity = known;
    if (identity == null) {
      identity =
          chosen
              .get()
              .map(IdentityFile::existing)
              .orElseGet(() -> Identity.read(own, own.readOrCreate(Identity::generate)));
      known = identity;
    }
    return identity;
  }

  /**
   * The identity, which must be there: something was sealed for it.
   *
   * @throws HearthException {@code secret.key-missing} and as {@link #forSealing}
   */
  public Identity forOpening() {
    var identity = known;
    if (identity == null) {
      identity = existing(path());
      known = identity;
    }
    return identity;
  }

  private static Identity existing(Path path) {
    var file = new PrivateFile(path);
    return file.read()
        .map(text -> Identity.read(file, text))
        .orElseThrow(() -> new HearthException(SecretError.KEY_MISSING, path));
  }

  @Override
  public String toString() {
    return "IdentityFile[" + own + "]";
  }
}
