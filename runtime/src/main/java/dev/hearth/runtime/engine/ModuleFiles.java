package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.file.RealPath;
import dev.hearth.runtime.module.BuiltinModules;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ModuleError;
import dev.hearth.runtime.module.SourceText;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What {@code import} finds: {@code hearth:} modules and the files below the recipe's root.
 *
 * <p>Built-in modules have paths of their own class, which no specifier but {@code hearth:NAME}
 * leads to. Facades reach the engine by {@code hearth:binding}; that import is rewritten to carry
 * {@code key}, which recipes cannot guess, so that the same words in a recipe lead nowhere.
 *
 * <p>Whatever cannot be imported becomes a path whose reading fails with a marker: the engine shows
 * an exception thrown here as a sentence of its own, and the marker leads back to ours.
 */
final class ModuleFiles {
  private static final BuiltinPath BINDING = new BuiltinPath("hearth:binding");
  private static final String INTERNAL_SCHEME = "hearth-internal";
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String MARKER = "hearth-refused-import-";

  private final ImportBounds bounds;
  private final ModuleSource files;
  private final BuiltinModules builtins;
  private final String key;
  private final String bindingModule;
  private final List<Refusal> refusals = new ArrayList<>();
  private final SequencedSet<Path> loaded = new LinkedHashSet<>();
  private final Map<Path, byte[]> given = new HashMap<>();
  private final Map<Path, SourceText> typescript = new HashMap<>();

  /** An import that was refused, and how it was written. */
  record Refusal(String specifier, HearthException error) {}

  /**
   * The modules of one realm.
   *
   * @param bounds which files may be imported
   * @param key unguessable, new for each realm
   * @param bindingModule the text of {@code hearth:binding}
   */
  ModuleFiles(
      ImportBounds bounds,
      ModuleSource files,
      BuiltinModules builtins,
      String key,
      String bindingModule) {
    this.bounds = bounds;
    this.files = files;
    this.builtins = builtins;
    this.key = key;
    this.bindingModule = bindingModule;
  }

  /** The refusal behind an error that an import failed with, if it was one. */
  Optional<Refusal> refusalOf(String message) {
    int at = message.indexOf(MARKER);
    if (at < 0) {
      return Optional.empty();
    }
    int index = Integer.parseInt(message.substring(at + MARKER.length()).split("\\D", 2)[0]);
    return index < refusals.size() ? Optional.of(refusals.get(index)) : Optional.empty();
  }

  /** Has {@code content} stand at {@code path}, whether or not there is such a file. */
  void put(Path path, byte[] content) {
    given.put(path.normalize(), content);
  }

  /** The user's files that were imported so far, in order. */
  SequencedSet<Path> loaded() {
    return loaded;
  }

  /** The folder whose files may be imported. */
  Path root() {
    return bounds.root().folder();
  }

  /** What a specifier with a scheme names. */
  Path path(URI uri) {
    var scheme = String.valueOf(uri.getScheme());
    var rest = uri.getSchemeSpecificPart();
    return switch (scheme) {
      case "file" -> file(uri);
      case "hearth" ->
          builtins.source(rest) == null
              ? refuse(uri.toString(), unknownModule(uri.toString()))
              : new BuiltinPath("hearth:" + rest);
      case INTERNAL_SCHEME ->
          rest.equals(key + "/binding")
              ? BINDING
              : refuse(uri.toString(), unknownModule(uri.toString()));
      default -> refuse(uri.toString(), new HearthException(ModuleError.SCHEME, uri.toString()));
    };
  }

  private Path file(URI uri) {
    Path path;
    try {
      path = Path.of(uri);
    } catch (IllegalArgumentException e) { // it names a host, no path or a NUL
      return refuse(uri.toString(), new HearthException(ModuleError.SCHEME, uri.toString()));
    }
    return path(path.toString());
  }

  /** What a specifier without a scheme names, joined to the file that it stands in. */
  Path path(String path) {
    try {
      if (path.isEmpty()) {
        return Path.of("");
      }
      var parsed = Path.of(path);
      if (!parsed.isAbsolute()) {
        return refuse(path, unknownModule(path));
      }
      return parsed.normalize();
    } catch (InvalidPathException e) {
      return refuse(path, new HearthException(ModuleError.SCHEME, path));
    }
  }

  /** The text of what {@link #path} led to. */
  byte[] read(Path path) throws IOException {
    return path instanceof BuiltinPath builtin ? builtin(builtin) : userFile(path);
  }

  private byte[] builtin(BuiltinPath path) throws IOException {
    if (path.equals(BINDING)) {
      return bindingModule.replace("KEY", key).getBytes(StandardCharsets.UTF_8);
    }
    var name = path.module().substring("hearth:".length());
    var text = name.startsWith(MARKER) ? null : builtins.source(name);
    if (text == null) {
      throw new IOException(name);
    }
    return text.replace("'hearth:binding'", "'" + INTERNAL_SCHEME + ":" + key + "/binding'")
        .getBytes(StandardCharsets.UTF_8);
  }

  private byte[] userFile(Path path) throws IOException {
    var own = given.get(path);
    if (own != null) {
      loaded.add(path);
      return javascript(path, own);
    }
    var named = new ImportBounds.Named(path, RealPath.of(path), display(path));
    requireAllowed(path, bounds.refusalOfPlace(named));
    var content = content(named);
    requireAllowed(path, bounds.refusalOfName(named));
    loaded.add(path);
    return javascript(path, content);
  }

  private void requireAllowed(Path path, Optional<HearthException> refusal) throws IOException {
    if (refusal.isPresent()) {
      throw refused(path, refusal.get());
    }
  }

  private byte[] content(ImportBounds.Named named) throws IOException {
    var path = named.asked();
    try {
      return files.read(named.real());
    } catch (HearthException e) {
      throw refused(path, e);
    } catch (NoSuchFileException e) {
      throw refused(path, new HearthException(ModuleError.MISSING, display(path)));
    } catch (NotAFile e) {
      throw refused(path, new HearthException(ModuleError.NOT_A_FILE, display(path), e.what()));
    } catch (IOException e) {
      throw refused(
          path,
          new HearthException(
              ModuleError.UNREADABLE, display(path), String.valueOf(e.getMessage())));
    }
  }

  /**
   * The content of a file that explains a module; empty when it may not be read or is not there.
   */
  Optional<byte[]> readBeside(Path path) {
    try {
      var named = new ImportBounds.Named(path, RealPath.of(path), display(path));
      return bounds.allowsToExplain(named)
          ? Optional.of(files.read(named.real()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A line of a file as the user wrote it, if it is not the one that runs. */
  Optional<String> written(Path path, int line) {
    return Optional.ofNullable(typescript.get(path)).map(source -> source.line(line));
  }

  private byte[] javascript(Path path, byte[] content) throws IOException {
    if (!SourceText.isTypeScript(path.toString())) {
      return withoutMark(content);
    }
    try {
      var source = SourceText.read(display(path), content);
      typescript.put(path, source);
      return source.text().getBytes(StandardCharsets.UTF_8);
    } catch (HearthException e) {
      throw refused(path, e);
    }
  }

  /** Behind a byte order mark the engine takes no `#!` line, though editors write both. */
  private static byte[] withoutMark(byte[] content) {
    return content.length >= MARK.length
            && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length)
        ? Arrays.copyOfRange(content, MARK.length, content.length)
        : content;
  }

  private String display(Path path) {
    return path.startsWith(root()) ? root().relativize(path).toString() : path.toString();
  }

  private HearthException unknownModule(String written) {
    return ModuleError.unknown(written, builtins.names());
  }

  private Path refuse(String specifier, HearthException error) {
    refusals.add(new Refusal(specifier, error));
    return new BuiltinPath("hearth:" + MARKER + (refusals.size() - 1));
  }

  private IOException refused(Path path, HearthException error) {
    refusals.add(new Refusal(path.toString(), error));
    // A recipe that catches it reads the sentence, which says no more than a report would.
    return new IOException(error.sentence() + " (" + MARKER + (refusals.size() - 1) + ")");
  }
}
