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

  public FakeFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public FakeFiles with(String path, byte[] content) {
    files.put(Path.of(path).toAbsolutePath().normalize(), content);
    return this;
  }

  @Override
  public byte[] read(Path file, int limit) throws IOException {
    var content = files.get(file.toAbsolutePath().normalize());
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content.length > limit ? Arrays.copyOf(content, limit) : content;
  }

  @Override
  public List<String> names(Path folder) {
    return files.keySet().stream()
        .filter(file -> folder.toAbsolutePath().normalize().equals(file.getParent()))
        .map(file -> String.valueOf(file.getFileName()))
        .toList();
  }
}
