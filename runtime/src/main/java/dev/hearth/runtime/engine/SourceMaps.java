package dev.hearth.runtime.engine;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.module.SourceMap;
import dev.hearth.runtime.module.SourceMap.Original;
import dev.hearth.runtime.module.SourceText;
import dev.hearth.runtime.permission.VisibleText;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The places that generated modules come from. A map is looked for when an error is shown, so that
 * a run without errors pays nothing; a file of it is read only where the recipe may import from.
 */
final class SourceMaps {
  private static final Pattern LINK = Pattern.compile("(?m)^//[#@] ?sourceMappingURL=(\\S+)\\s*$");
  private static final Pattern INLINE =
      Pattern.compile("data:application/json(?:;charset=[^;,]+)?;base64,(.*)");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final ModuleFiles modules;
  private final Function<Path, String> display;
  private final Consumer<String> note;
  private final Map<Path, Optional<SourceMap>> known = new HashMap<>();

  /** {@code note} is told why a map is not used. */
  SourceMaps(ModuleFiles modules, Function<Path, String> display, Consumer<String> note) {
    this.modules = modules;
    this.display = display;
    this.note = note;
  }

  /**
   * Where a place comes from; empty when the file is the user's own or its map leads nowhere.
   *
   * @param text of the whole file
   */
  Optional<Location> original(Path file, CharSequence text, int line, int column) {
    return known
        .computeIfAbsent(file, _ -> find(file, text))
        .flatMap(map -> map.original(line, column))
        .map(original -> location(file, original));
  }

  private Optional<SourceMap> find(Path file, CharSequence text) {
    var link = LINK.matcher(text);
    String last = null;
    while (link.find()) {
      last = link.group(1);
    }
    if (last == null) {
      return Optional.empty();
    }
    var map = content(file, last).flatMap(SourceMap::read);
    if (map.isEmpty()) {
      note.accept("the source map of " + display.apply(file) + " is not used: it cannot be read");
    }
    return map;
  }

  private Optional<byte[]> content(Path file, String link) {
    var inline = INLINE.matcher(link);
    if (inline.matches()) {
      try {
        return Optional.of(Base64.getDecoder().decode(inline.group(1)));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return beside(file, link).flatMap(map -> modules.readBeside(map));
  }

  private static Optional<Path> beside(Path file, String name) {
    try {
      return SCHEME.matcher(name).matches()
          ? Optional.empty()
          : Optional.of(file.resolveSibling(name).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Location location(Path file, Original original) {
    var path = beside(file, original.file());
    var text =
        original
            .content()
            .or(
                () ->
                    path.flatMap(each -> modules.readBeside(each))
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    var shown = VisibleText.of(path.map(display).orElse(original.file()));
    return new Location(
        shown,
        original.line(),
        original.column(),
        text.flatMap(all -> line(all, original.line())).orElse(null));
  }

  private static Optional<String> line(String text, int line) {
    var source = new SourceText("", text);
    return line <= source.lines() ? Optional.of(source.line(line)) : Optional.empty();
  }
}
