package dev.hearth.runtime.module;

import dev.hearth.runtime.module.ImportWalk.Module;
import dev.hearth.runtime.module.ModuleMentions.Found;
import dev.hearth.runtime.module.ModuleMentions.Origin;
import dev.hearth.runtime.spi.Foreseen;
import dev.hearth.runtime.spi.Mention;
import dev.hearth.runtime.spi.Mention.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the text of a recipe, and of the files that it imports, is seen to use. A name is followed
 * through the files that pass it on to the module that it is of.
 */
final class VisibleUses {
  private final Bindings bindings;
  private final Map<String, Read> read = new LinkedHashMap<>();

  /** A file, and what is mentioned in it. */
  private record Read(Module module, ModuleMentions mentions) {}

  /** A mention of something that reaches the world: of a {@code hearth:} module or a global. */
  private record Reached(Origin origin, Mention mention) {}

  /**
   * One use.
   *
   * @param in the file
   * @param start its offset there
   */
  record Use(Module in, int start, Foreseen foreseen) {}

  private VisibleUses(Bindings bindings) {
    this.bindings = bindings;
  }

  /** The uses in all files of a walk, in the order in which they were reached. */
  static List<Use> in(List<Module> modules, MentionParser parser, Bindings bindings) {
    var uses = new VisibleUses(bindings);
    for (var module : modules) {
      uses.read.put(module.path().toString(), new Read(module, parser.mentions(module.source())));
    }
    return uses.all();
  }

  private List<Use> all() {
    var all = new ArrayList<Use>();
    for (var file : read.values()) {
      for (var found : file.mentions().all()) {
        var foreseen =
            reached(file.module().path().toString(), found).stream()
                .map(this::foreseen)
                .reduce(Foreseen.nothing(), Foreseen::and);
        if (!foreseen.equals(Foreseen.nothing())) {
          all.add(new Use(file.module(), found.start(), foreseen));
        }
      }
    }
    return all;
  }

  private Foreseen foreseen(Reached reached) {
    if (reached.origin().isGlobal()) {
      return foreseenOfGlobal(reached.mention());
    }
    var binding = bindings.get(reached.origin().specifier().substring("hearth:".length()));
    return binding == null ? Foreseen.nothing() : binding.foresee(reached.mention());
  }

  private static Foreseen foreseenOfGlobal(Mention mention) {
    if (mention.calls("fetch")) {
      return Foreseen.url(mention.argument(0));
    }
    return mention.path().getFirst().equals("import") ? Foreseen.anything() : Foreseen.maybe("net");
  }

  private List<Reached> reached(String file, Found found) {
    var reached = new ArrayList<Reached>();
    follow(file, found.origin(), found.mention(), reached, new HashSet<>());
    return reached;
  }

  private void follow(
      String file, Origin origin, Mention mention, List<Reached> reached, Set<Object> seen) {
    if (origin.isGlobal() || origin.specifier().startsWith("hearth:")) {
      reached.add(new Reached(origin, withoutNamespace(mention)));
      return;
    }
    var target = ImportWalk.target(file, origin.specifier());
    var other = read.get(target);
    if (other == null || !seen.add(Map.entry(target, mention.path()))) {
      return;
    }
    var name = withoutNamespace(mention).path().getFirst();
    if (name.equals(ModuleMentions.NAMESPACE)) {
      followAll(target, other, reached, seen);
    } else {
      followOne(target, other, withoutNamespace(mention), reached, seen);
    }
  }

  /** {@code import * as x}, and then {@code x.fs}, is {@code fs}. */
  private static Mention withoutNamespace(Mention mention) {
    var path = mention.path();
    return path.size() > 1 && path.getFirst().equals(ModuleMentions.NAMESPACE)
        ? new Mention(path.subList(1, path.size()), mention.kind(), mention.arguments())
        : mention;
  }

  private void followOne(
      String file, Read in, Mention mention, List<Reached> reached, Set<Object> seen) {
    var name = mention.path().getFirst();
    var passed = in.mentions().passedOn().get(name);
    if (passed != null) {
      var path = new ArrayList<>(mention.path());
      path.set(0, passed.name());
      follow(file, passed, new Mention(path, mention.kind(), mention.arguments()), reached, seen);
    } else if (!in.module().syntax().exports().contains(name)) {
      for (var specifier : in.module().syntax().passedOn()) {
        follow(file, new Origin(specifier, name), mention, reached, seen);
      }
    } // else it is the file's own, and what it does is mentioned there
  }

  /** All that a file passes on, to do with it what nobody can see. */
  private void followAll(String file, Read in, List<Reached> reached, Set<Object> seen) {
    var origins = new HashMap<>(in.mentions().passedOn());
    for (var specifier : in.module().syntax().passedOn()) {
      origins.put("* " + specifier, new Origin(specifier, ModuleMentions.NAMESPACE));
    }
    for (var origin : origins.values()) {
      follow(
          file, origin, new Mention(List.of(origin.name()), Kind.OTHER, List.of()), reached, seen);
    }
  }
}
