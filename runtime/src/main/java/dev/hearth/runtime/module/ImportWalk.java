package dev.hearth.runtime.module;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.module.ModuleSyntax.Import;
import dev.hearth.runtime.module.ModuleSyntax.Import.Kind;
import dev.hearth.runtime.permission.VisibleText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Follows the imports of one recipe through all files that they reach. Used once. */
final class ImportWalk {
  private static final int LARGEST_MODULE = 16 << 20;
  private static final int MOST_PROBLEMS = 100;
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

  private final SourceFiles files;
  private final ModuleParser parser;
  private final BuiltinModules modules;
  private final Path root;

  private final Map<String, Location> builtins = new LinkedHashMap<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final Deque<Module> waiting = new ArrayDeque<>();

  /** A file whose imports are followed. */
  private record Module(Path path, Path shown, SourceText source, ModuleSyntax syntax) {}

  /** A problem, and the file that it is blamed on. */
  private record Found(SourceText source, HearthException problem) {}

  ImportWalk(SourceFiles files, ModuleParser parser, BuiltinModules modules, Path root) {
    this.files = files;
    this.parser = parser;
    this.modules = modules;
    this.root = root;
  }

  ImportWalk from(RecipeFile recipe) {
    var path = recipe.path().toAbsolutePath().normalize();
    seen.add(path);
    waiting.add(new Module(path, recipe.path(), recipe.source(), recipe.syntax()));
    while (!waiting.isEmpty()) {
      var module = waiting.remove();
      module.syntax().imports().forEach(each -> follow(module, each));
    }
    return this;
  }

  /** The {@code hearth:} modules that are imported anywhere, each with its first place. */
  Map<String, Location> builtins() {
    return builtins;
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
    } else if (specifier.startsWith("./")
        || specifier.startsWith("../")
        || specifier.startsWith("/")) {
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
    if (found.size() < MOST_PROBLEMS) {
      found.add(new Found(from.source(), problem.at(from.source().at(named.start()))));
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
    if (isJson && link.named().kind() == Kind.STATIC) {
      blame(link, new HearthException(ModuleError.JSON_AS_JAVASCRIPT, link.name()));
    } else if (link.named().kind() == Kind.STATIC_JSON) {
      requireJson(link, content);
    } else if (!isJson && seen.add(link.path())) {
      parse(link, content);
    }
  }

  /** An import that names a file, and which. */
  private record Link(Module from, Import named, Path path, Path shown) {
    String name() {
      return VisibleText.of(shown);
    }
  }

  private void blame(Link link, HearthException problem) {
    blame(link.from(), link.named(), problem);
  }

  private Optional<byte[]> read(Link link) {
    try {
      if (!files.real(link.path()).startsWith(root)) {
        blame(link, new HearthException(ModuleError.OUTSIDE, link.name(), VisibleText.of(root)));
        return Optional.empty();
      }
      var content = files.read(link.path(), LARGEST_MODULE + 1);
      if (content.length <= LARGEST_MODULE) {
        return Optional.of(content);
      }
      blame(link, unreadable(link, "it is larger than 16 MiB"));
    } catch (NoSuchFileException e) {
      blame(link, missing(link));
    } catch (IOException e) {
      blame(link, unreadable(link, SourceContent.reason(e)));
    }
    return Optional.empty();
  }

  private static HearthException unreadable(Link link, String why) {
    return new HearthException(ModuleError.UNREADABLE, link.name(), why);
  }

  private HearthException missing(Link link) {
    var error = new HearthException(ModuleError.MISSING, link.name());
    var folder = link.path().getParent();
    var name = String.valueOf(link.path().getFileName());
    if (folder == null || !folder.startsWith(root)) {
      return error;
    }
    var names = files.names(folder);
    var meant =
        Optional.of(name + ".js").filter(names::contains).or(() -> Suggestion.closest(name, names));
    var written = link.named().specifier();
    var before = written.substring(0, written.lastIndexOf('/') + 1);
    return meant
        .map(near -> error.hint("Did you mean `" + VisibleText.of(before + near) + "`?"))
        .orElse(error);
  }

  private void parse(Link link, byte[] content) {
    var text = SourceContent.text(content);
    if (text.isEmpty()) {
      blame(link, unreadable(link, "it is not UTF-8 text"));
      return;
    }
    var source = new SourceText(link.shown().toString(), text.get());
    try {
      waiting.add(new Module(link.path(), link.shown(), source, parser.parse(source)));
    } catch (HearthException e) {
      found.add(new Found(source, e));
    }
  }

  private void requireJson(Link link, byte[] content) {
    try (JsonParser json = new JsonFactory().createParser(content)) {
      if (json.nextToken() == null) {
        blame(link, notJson(link, "it is empty"));
      }
      json.skipChildren();
      if (json.nextToken() != null) {
        blame(link, notJson(link, "something follows its value"));
      }
    } catch (JsonProcessingException e) {
      var said = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable");
      blame(link, notJson(link, said.replace('`', '\'')));
    } catch (IOException e) {
      blame(link, unreadable(link, SourceContent.reason(e)));
    }
  }

  private static HearthException notJson(Link link, String why) {
    return new HearthException(ModuleError.NOT_JSON, link.name(), VisibleText.of(why));
  }
}
