package dev.hearth.runtime.module;

import dev.hearth.runtime.effect.SourceFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Source files in memory. */
public final class FakeFiles implements SourceFiles {
  private final Map<Path, byte[]> files = new TreeMap<>();
  private final Map<Path, Path> links = new TreeMap<>();

  public FakeFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public FakeFiles with(String path, byte[] content) {
    files.put(absolute(Path.of(path)), content);
    return this;
  }

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    var content = files.get(links.getOrDefault(absolute(file), absolute(file)));
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content.length > limit ? Arrays.copyOf(content, limit) : content;
  }

  /** A link to another file, which need not be here. */
  public FakeFiles link(String path, String target) {
    links.put(absolute(Path.of(path)), absolute(Path.of(target)));
    return this;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  @Override
  public Path real(Path file) throws IOException {
    var real = links.getOrDefault(absolute(file), absolute(file));
    if (!files.containsKey(real)) {
      throw new NoSuchFileException(file.toString());
    }
    return real;
  }

  @Override
  public List<String> names(Path folder) {
    return files.keySet().stream()
        .filter(file -> absolute(folder).equals(file.getParent()))
        .map(file -> String.valueOf(file.getFileName()))
        .toList();
  }
}
