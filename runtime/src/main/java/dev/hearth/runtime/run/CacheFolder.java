package dev.hearth.runtime.run;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.spi.Cache;
import dev.hearth.runtime.spi.OpContext.Log;
import dev.hearth.runtime.storage.PrivateFile;
import dev.hearth.runtime.storage.PrivateFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What one binding keeps, below the cache folder. What cannot be read or written is told there. */
final class CacheFolder implements Cache {
  private static final int MOST_CHARS = 8 << 20;
  private static final int MOST_FILES = 16;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,149}");

  private final PrivateFolder folder;
  private final Log log;

  CacheFolder(Path cache, String binding, Log log) {
    this.folder = new PrivateFolder(cache).in(binding);
    this.log = log;
  }

  @Override
  public Optional<String> read(String name) {
    try {
      return file(name).read();
    } catch (HearthException e) {
      tell(e);
      return Optional.empty();
    }
  }

  @Override
  public void keep(String name, String text) {
    var file = file(name);
    if (text.length() > MOST_CHARS) {
      return;
    }
    try {
      makeRoomFor(name);
      file.write(text);
    } catch (HearthException e) {
      tell(e);
    }
  }

  private void makeRoomFor(String name) {
    var others =
        folder.names().stream()
            .filter(each -> !each.startsWith(".") && !each.equals(name))
            .toList();
    if (others.size() >= MOST_FILES) {
      others.forEach(folder::remove);
    }
  }

  private PrivateFile file(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("`" + name + "` cannot be the name of a kept text.");
    }
    return new PrivateFile(folder.path().resolve(name));
  }

  private void tell(HearthException e) {
    log.write(Log.Level.DEBUG, "The cache was not used: " + e.sentence(), Map.of());
  }
}
