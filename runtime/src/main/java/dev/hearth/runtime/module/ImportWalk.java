package dev.hearth.runtime.module;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.NotAFile;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.ModuleSyntax.Import;
import dev.hearth.runtime.param.JsonFault;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Follows the imports of one recipe through all files that they reach. Used once. */
final class ImportWalk {
  private static final int MOST_PROBLEMS = 100;
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private final SourceFiles files;
  private final ModuleParser parser;
  private final BuiltinModules modules;
  private final ImportBounds bounds;
  private final Predicate<Import> wanted;

  private final Map<String, Location> builtins = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final Deque<Module> waiting = new ArrayDeque<>();
  private final List<Taken> taken = new ArrayList<>();
  private final Map<Path, String> hashes = new HashMap<>();
  private final Map<String, Set<String>> types = new HashMap<>();
  private final List<Module> followed = new ArrayList<>();
  private final ModuleExports exports = new ModuleExports(ImportWalk::target);

  /** A file whose imports are followed. */
  record Module(Path path, Path shown, SourceText source, ModuleSyntax syntax) {}

  /** A problem, and the file that it is blamed on. */
  private record Found(SourceText source, HearthException problem) {}

  /** What an import takes by name, to be held against what its module exports. */
  private record Taken(Module from, Import named, String target, String shown) {}

  /**
   * A walk within {@code bounds}.
   *
   * @param wanted which imports are followed
   */
  ImportWalk(
      SourceFiles files,
      ModuleParser parser,
      BuiltinModules modules,
      ImportBounds bounds,
      Predicate<Import> wanted) {
    this.files = files;
    this.parser = parser;
    this.modules = modules;
    this.bounds = bounds;
    this.wanted = wanted;
  }

  ImportWalk from(RecipeFile recipe) {
    var path = recipe.path().toAbsolutePath().normalize();
    seen.add(path);
    follow(new Module(path, recipe.path(), recipe.source(), recipe.syntax()));
    while (!waiting.isEmpty()) {
      var module = waiting.remove();
      module.syntax().imports().stream().filter(wanted).forEach(each -> follow(module, each));
    }
    taken.forEach(this::requireExported);
    return this;
  }

  private void follow(Module module) {
    exports.add(module.path().toString(), module.syntax());
    waiting.add(module);
    followed.add(module);
  }

  /** The module that {@code specifier} leads to when it stands in {@code from}. */
  static String target(String from, String specifier) {
    return isFile(specifier)
        ? Path.of(from).resolveSibling(specifier).normalize().toString()
        : specifier;
  }

  private static boolean isFile(String specifier) {
    return specifier.startsWith("./") || specifier.startsWith("../") || specifier.startsWith("/");
  }

  /** The {@code hearth:} modules that are imported anywhere, each with its first place. */
  Map<String, Location> builtins() {
    return builtins;
  }

  /** The recipe and all files with code that it reaches. */
  List<Module> modules() {
    return followed;
  }

  /** The SHA-256 of each file that can be imported, by real path. */
  Map<Path, String> hashes() {
    return hashes;
  }

  List<HearthException> problems() {
    return found.stream().map(Found::problem).toList();
  }

  List<HearthException> problemsIn(SourceText source) {
    return found.stream().filter(each -> each.source().equals(source)).map(Found::problem).toList();
  }

  List<HearthException> problemsBeyond(SourceText source) {
    return found.stream()
        .filter(each -> !each.source().equals(source))
        .map(Found::problem)
        .toList();
  }

  private void follow(Module from, Import named) {
    var specifier = named.specifier();
    if (specifier.startsWith("hearth:") && modules.names().contains(specifier.substring(7))) {
      builtins.putIfAbsent(specifier.substring(7), from.source().at(named.start()));
      if (!named.names().isEmpty()) {
        readFacade(specifier);
        taken.add(new Taken(from, named, specifier, specifier));
      }
    } else if (isFile(specifier)) {
      followFile(from, named);
    } else {
      var isElsewhere = SCHEME.matcher(specifier).matches() && !specifier.startsWith("hearth:");
      blame(
          from,
          named,
          isElsewhere
              ? new HearthException(ModuleError.SCHEME, VisibleText.of(specifier))
              : ModuleError.unknown(specifier, modules.names()));
    }
  }

  private void blame(Module from, Import named, HearthException problem) {
    blame(from, named.start(), problem);
  }

  private void blame(Module from, int start, HearthException problem) {
    if (found.size() < MOST_PROBLEMS) {
      found.add(new Found(from.source(), problem.at(from.source().at(start))));
    }
  }

  private void readFacade(String specifier) {
    var text = exports.knows(specifier) ? null : modules.source(specifier.substring(7));
    if (text != null) {
      exports.add(specifier, parser.parse(new SourceText(specifier, text)));
    }
  }

  private void requireExported(Taken what) {
    var all = exports.of(what.target());
    if (all.isEmpty()) {
      return; // one of its modules cannot be read, and that is told
    }
    for (var name : what.named().names()) {
      if (!all.get().contains(name.name())) {
        var isType = types.getOrDefault(what.target(), Set.of()).contains(name.name());
        blame(
            what.from(),
            name.start(),
            isType
                ? ModuleError.onlyAType(what.shown(), name.name())
                : ModuleError.noSuchExport(what.shown(), name.name(), all.get()));
      }
    }
  }

  private void followFile(Module from, Import named) {
    Link link;
    try {
      link =
          new Link(
              from,
              named,
              from.path().resolveSibling(named.specifier()).normalize(),
              from.shown().resolveSibling(named.specifier()).normalize());
    } catch (InvalidPathException e) {
      blame(
          from, named, new HearthException(ModuleError.SCHEME, VisibleText.of(named.specifier())));
      return;
    }
    read(link).ifPresent(content -> understand(link, content));
  }

  private void understand(Link link, byte[] content) {
    var isJson = link.path().toString().endsWith(".json");
    switch (link.named().kind()) {
      case STATIC_JSON, DYNAMIC_JSON -> requireJson(link, content);
      case STATIC, DYNAMIC -> {
        if (isJson) {
          blame(link, new HearthException(ModuleError.JSON_AS_JAVASCRIPT, link.name()));
          return;
        }
        if (!link.named().names().isEmpty()) {
          taken.add(new Taken(link.from(), link.named(), link.path().toString(), link.name()));
        }
        if (seen.add(link.path())) {
          parse(link, content);
        }
      }
    }
  }

  /** An import that names a file, and which. */
  private record Link(Module from, Import named, Path path, Path shown) {
    String name() {
      return VisibleText.of(shown);
    }

    ImportBounds.Named leadingTo(Path real) {
      return new ImportBounds.Named(path, real, name());
    }
  }

  private void blame(Link link, HearthException problem) {
    blame(link.from(), link.named(), problem);
  }

  private Optional<byte[]> read(Link link) {
    try {
      var named = link.leadingTo(files.real(link.path()));
      var badPlace = bounds.refusalOfPlace(named);
      if (badPlace.isPresent()) {
        blame(link, badPlace.get());
        return Optional.empty();
      }
      var content = files.read(link.path(), Imprint.LARGEST_MODULE + 1);
      var badName = bounds.refusalOfName(named);
      if (badName.isEmpty() && content.length <= Imprint.LARGEST_MODULE) {
        hashes.put(named.real(), Imprint.sha256(content));
        return Optional.of(content);
      }
      blame(link, badName.orElseGet(() -> unreadable(link, "it is larger than 16 MiB")));
    } catch (NoSuchFileException e) {
      var named = link.leadingTo(whereItWouldBe(link.path()));
      blame(link, bounds.refusalOfPlace(named).orElseGet(() -> missing(link)));
    } catch (NotAFile e) {
      blame(link, new HearthException(ModuleError.NOT_A_FILE, link.name(), e.what()));
    } catch (IOException e) {
      blame(link, unreadable(link, SourceContent.reason(e)));
    }
    return Optional.empty();
  }

  private Path whereItWouldBe(Path missing) {
    for (var at = missing.getParent(); at != null; at = at.getParent()) {
      try {
        return files.real(at).resolve(at.relativize(missing));
      } catch (IOException goesNoFurther) {
        // The folder above it may.
      }
    }
    return missing;
  }

  private static HearthException unreadable(Link link, String why) {
    return new HearthException(ModuleError.UNREADABLE, link.name(), why);
  }

  private HearthException missing(Link link) {
    var error = new HearthException(ModuleError.MISSING, link.name());
    var folder = link.path().getParent();
    var name = String.valueOf(link.path().getFileName());
    if (folder == null || !folder.startsWith(bounds.root().folder())) {
      return error;
    }
    var names = files.names(folder);
    var meant =
        otherExtensions(name)
            .filter(names::contains)
            .findFirst()
            .or(() -> Suggestion.closest(name, names));
    var written = link.named().specifier();
    var before = written.substring(0, written.lastIndexOf('/') + 1);
    return meant
        .map(near -> error.hint("Did you mean `" + VisibleText.of(before + near) + "`?"))
        .orElse(error);
  }

  /** TypeScript's own habit is to name the JavaScript that would be made of a file. */
  private static Stream<String> otherExtensions(String name) {
    return Stream.of(name + ".js", name + ".ts", name.replaceFirst("\\.js$", ".ts"), name + ".mjs");
  }

  private void parse(Link link, byte[] content) {
    var text = SourceContent.text(content);
    if (text.isEmpty()) {
      blame(link, unreadable(link, "it is not UTF-8 text"));
      return;
    }
    var name = link.shown().toString();
    var source = new SourceText(name, text.get()); // of which the problem is if it is no TypeScript
    try {
      source = SourceText.of(name, text.get());
      types.put(link.path().toString(), source.exportedTypes());
      follow(new Module(link.path(), link.shown(), source, parser.parse(source)));
    } catch (HearthException e) {
      found.add(new Found(source, e));
    }
  }

  private void requireJson(Link link, byte[] content) {
    try (JsonParser json = new JsonFactory().createParser(content)) {
      if (json.nextToken() == null) {
        blame(link, new HearthException(ModuleError.NOT_JSON, link.name(), "it is empty"));
      }
      json.skipChildren();
      if (json.nextToken() != null) {
        var more = json.currentTokenLocation();
        blame(
            link,
            new JsonFault("something follows its value", more.getLineNr(), more.getColumnNr()));
      }
    } catch (JsonProcessingException e) {
      blame(link, JsonFault.of(e));
    } catch (IOException e) {
      blame(link, unreadable(link, SourceContent.reason(e)));
    }
  }

  /** The importing line is right: the place to look at is in the data. */
  private void blame(Link link, JsonFault fault) {
    var problem = new HearthException(ModuleError.NOT_JSON, link.name(), fault.reason());
    var place = fault.in(link.shown().toString());
    if (place.isEmpty()) {
      blame(link, problem);
    } else if (found.size() < MOST_PROBLEMS) {
      found.add(new Found(new SourceText(link.shown().toString(), ""), problem.at(place.get())));
    }
  }
}
