package dev.hearth.runtime.engine;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.file.RealPath;
import dev.hearth.runtime.module.BuiltinModules;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.module.ModuleError;
import dev.hearth.runtime.module.ModuleParser;
import dev.hearth.runtime.module.SourceText;
import dev.hearth.runtime.timing.Timekeeper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code import} finds: {@code hearth:} modules and the files below the recipe's root.
 *
 * <p>Built-in modules have paths of their own class, which no specifier but {@code hearth:NAME}
 * leads to. Facades reach the engine by {@code hearth:binding}, what they share by {@code
 * hearth:binding/NAME} and pieces of themselves by {@code hearth:binding/NAME/PIECE}; these imports
 * are rewritten to carry a key of their principal, which recipes cannot guess, so that the same
 * words in a recipe lead nowhere.
 *
 * <p>Whatever cannot be imported becomes a path whose reading fails with a marker: the engine shows
 * an exception thrown here as a sentence of its own, and the marker leads back to ours.
 */
final class ModuleFiles {
  private static final String BINDING = "hearth:binding";
  private static final String SHARED = BINDING + "/";
  private static final Pattern FACADE_IMPORT =
      Pattern.compile("'(?:hearth-as:[0-9a-f]{32}/)?hearth:(binding(?:/[a-z]+){0,2})'");

  /**
   * The key of each principal, by number. They are the same for all runs of this process: the
   * engine keeps the code of each text that it loads, and with a key for each run a process that
   * runs many recipes would keep all modules once for each of them. No JavaScript can read a key,
   * so none takes one along.
   */
  private static final Map<Integer, String> KEYS = new ConcurrentHashMap<>();

  private static final String INTERNAL_SCHEME = "hearth-internal";
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final String MARKER = "hearth-refused-import-";

  private final ImportBounds bounds;
  private final ModuleSource files;
  private final BuiltinModules builtins;
  private final @Nullable Principals principals;
  private final ModuleParser parser;
  private final ModuleTokens tokens = new ModuleTokens();
  private final Map<String, Integer> principalsByKey = new HashMap<>();
  private final String bindingModule;
  private final Timekeeper timekeeper;
  private final List<Refusal> refusals = new ArrayList<>();
  private final SequencedSet<Path> loaded = new LinkedHashSet<>();
  private final Map<Path, byte[]> given = new HashMap<>();
  private final Map<Path, SourceText> typescript = new HashMap<>();

  /** An import that was refused, and how it was written. */
  record Refusal(String specifier, HearthException error) {}

  /**
   * The modules of one realm.
   *
   * @param bindingModule the text of {@code hearth:binding}
   */
  ModuleFiles(RealmSetup setup, String bindingModule) {
    this.bounds = setup.bounds();
    this.files = setup.files();
    this.builtins = setup.builtins();
    this.principals = setup.principals().orElse(null);
    this.parser = new GraalModuleParser();
    this.bindingModule = bindingModule;
    this.timekeeper = setup.timekeeper();
  }

  /** What {@code import()} takes for the recipe. */
  String entry(Path recipe) {
    return principals == null
        ? recipe.toUri().toString()
        : tokens.attribute(
            new ModulePath(recipe.toString(), Principals.RECIPE), recipe.toUri().toString());
  }

  /** Who has a key: who asks for what only facades get; {@code null} when it is no key. */
  @Nullable Integer principal(String key) {
    return principalsByKey.get(key);
  }

  /** Unguessable, and another one for each principal. */
  private String key(int principal) {
    var key = KEYS.computeIfAbsent(principal, _ -> ModuleTokens.newToken());
    principalsByKey.put(key, principal);
    return key;
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
    if (principals == null) {
      return path(uri, Principals.RECIPE);
    }
    var whose = tokens.read(uri.toString());
    return whose.isPresent() ? attributed(whose.get()) : path(uri, Principals.NOBODY);
  }

  /** What a static import names that stands in a module of a known principal. */
  private Path attributed(ModuleTokens.Attributed named) {
    var specifier = named.specifier();
    var importer = named.importer();
    if (specifier.startsWith("./") || specifier.startsWith("../") || specifier.startsWith("/")) {
      return importer
          .file()
          .map(file -> path(file.resolveSibling(specifier).toString(), importer.principal()))
          .orElseGet(() -> refuse(specifier, unknownModule(specifier)));
    }
    try {
      return path(new URI(specifier), importer.principal());
    } catch (URISyntaxException e) {
      return refuse(specifier, unknownModule(specifier));
    }
  }

  private Path path(URI uri, int importer) {
    var scheme = String.valueOf(uri.getScheme());
    var rest = uri.getSchemeSpecificPart();
    return switch (scheme) {
      case "file" -> file(uri, importer);
      case "hearth" ->
          builtins.source(rest) == null
              ? refuse(uri.toString(), unknownModule(uri.toString()))
              : new ModulePath("hearth:" + rest, importer);
      case INTERNAL_SCHEME -> internal(uri, rest);
      case "null" -> refuse(uri.toString(), unknownModule(uri.toString()));
      default -> refuse(uri.toString(), new HearthException(ModuleError.SCHEME, uri.toString()));
    };
  }

  /** {@code KEY/binding}, or with what it shares: {@code KEY/binding/NAME}. */
  private Path internal(URI uri, String rest) {
    int slash = rest.indexOf('/');
    var module = "hearth:" + rest.substring(slash + 1);
    var principal = slash < 0 ? null : principal(rest.substring(0, slash));
    return principal != null && (module.equals(BINDING) || module.startsWith(SHARED))
        ? new ModulePath(module, principal)
        : refuse(uri.toString(), unknownModule(uri.toString()));
  }

  private Path file(URI uri, int importer) {
    Path path;
    try {
      path = Path.of(uri);
    } catch (IllegalArgumentException e) { // it names a host, no path or a NUL
      return refuse(uri.toString(), new HearthException(ModuleError.SCHEME, uri.toString()));
    }
    return path(path.toString(), importer);
  }

  /**
   * What a specifier without a scheme names, joined to the file that it stands in, or a module by
   * the text of its path, which the engine joins to.
   */
  Path path(String path) {
    if (principals == null) {
      return path(path, Principals.RECIPE);
    }
    // Whoever computes a specifier is not known, also when the file that it stands in is.
    var named = ModulePath.parse(path).flatMap(ModulePath::file);
    return named.isPresent() ? named.get() : path(path, Principals.NOBODY);
  }

  private Path path(String path, int importer) {
    try {
      if (path.isEmpty()) {
        return Path.of("");
      }
      var parsed = Path.of(path);
      if (!parsed.isAbsolute()) {
        return refuse(path, unknownModule(path));
      }
      var file = parsed.normalize();
      return principals == null
          ? file
          : new ModulePath(file.toString(), principals.of(importer, RealPath.of(file)));
    } catch (HearthException e) {
      return refuse(path, e);
    } catch (IOException e) {
      return refuse(path, new HearthException(ModuleError.UNREADABLE, path, "it has no place"));
    } catch (InvalidPathException e) {
      return refuse(path, new HearthException(ModuleError.SCHEME, path));
    }
  }

  /** The text of what {@link #path} led to. */
  byte[] read(Path path) throws IOException {
    if (!(path instanceof ModulePath module)) {
      return userFile(path);
    }
    var file = module.file();
    return file.isEmpty() ? builtin(module) : attributed(module, userFile(file.get()));
  }

  /** JavaScript with a token in each import; what cannot be parsed fails when it is evaluated. */
  private byte[] attributed(ModulePath module, byte[] content) {
    if (module.module().endsWith(".json") || module.principal() == Principals.NOBODY) {
      return content;
    }
    var text = new String(content, StandardCharsets.UTF_8);
    return attributed(module, text).getBytes(StandardCharsets.UTF_8);
  }

  private String attributed(ModulePath module, String text) {
    try {
      var syntax = parser.parse(new SourceText(module.module(), text));
      return tokens.attribute(module, text, syntax.imports());
    } catch (HearthException e) {
      return text;
    }
  }

  private byte[] builtin(ModulePath path) throws IOException {
    if (path.module().equals(BINDING)) {
      return bindingModule.replace("KEY", key(path.principal())).getBytes(StandardCharsets.UTF_8);
    }
    var text = builtinText(path.module());
    if (text == null) {
      throw new IOException(path.module());
    }
    var door = "'" + INTERNAL_SCHEME + ":" + key(path.principal()) + "/$1'";
    var whole = principals == null ? text : attributed(path, text);
    return FACADE_IMPORT.matcher(whole).replaceAll(door).getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable String builtinText(String module) {
    if (module.startsWith(SHARED)) {
      return builtins.shared(module.substring(SHARED.length()));
    }
    var name = module.substring("hearth:".length());
    return name.startsWith(MARKER) ? null : builtins.source(name);
  }

  private byte[] userFile(Path path) throws IOException {
    var own = given.get(path);
    if (own != null) {
      loaded.add(path);
      return javascript(path, own);
    }
    long began = timekeeper.now();
    var content = javascript(path, allowed(path));
    timekeeper.moduleRead(display(path), began, content.length);
    return content;
  }

  private byte[] allowed(Path path) throws IOException {
    var named = new ImportBounds.Named(path, RealPath.of(path), display(path));
    requireAllowed(path, bounds.refusalOfPlace(named));
    var content = content(named);
    requireAllowed(path, bounds.refusalOfName(named));
    loaded.add(path);
    return content;
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
          ? Optional.of(files.readToExplain(named.real()))
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
    return new ModulePath("hearth:" + MARKER + (refusals.size() - 1));
  }

  private IOException refused(Path path, HearthException error) {
    refusals.add(new Refusal(path.toString(), error));
    // A recipe that catches it reads the sentence, which says no more than a report would.
    return new IOException(error.sentence() + " (" + MARKER + (refusals.size() - 1) + ")");
  }
}
