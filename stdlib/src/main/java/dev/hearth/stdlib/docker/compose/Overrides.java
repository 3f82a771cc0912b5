package dev.hearth.stdlib.docker.compose;

import dev.hearth.stdlib.docker.compose.Value.Entry;
import dev.hearth.stdlib.docker.compose.Value.How;
import dev.hearth.stdlib.docker.compose.Value.Kind;
import dev.hearth.stdlib.docker.compose.Value.Mapping;
import dev.hearth.stdlib.docker.compose.Value.Scalar;
import dev.hearth.stdlib.docker.compose.Value.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * One file over another, by the rules of the Compose specification: maps are merged, lists are
 * joined, the rest is replaced. What stands twice in a list under one target is sorted out when the
 * list is read.
 */
final class Overrides {
  /** Keys whose list form says {@code NAME=VALUE}, and so is the same as a map. */
  private static final Set<String> NAMED =
      Set.of("environment", "labels", "annotations", "sysctls", "args", "driver_opts", "options");

  /** Keys whose list form is names of things, and so is the same as a map of nothing. */
  private static final Set<String> KEYED = Set.of("depends_on", "networks");

  /** Keys for which one text is the same as a list of it. */
  private static final Set<String> SINGLE =
      Set.of("dns", "dns_search", "dns_opt", "tmpfs", "env_file");

  /** Keys of which the later file's list counts alone. */
  private static final Set<String> WHOLE = Set.of("command", "entrypoint", "test");

  private Overrides() {}

  static Mapping merge(Mapping base, Mapping over) {
    return merge(base, over, false);
  }

  /**
   * One map over another.
   *
   * @param isNamed whether its values are single ones, of which nothing is one as well
   */
  private static Mapping merge(Mapping base, Mapping over, boolean isNamed) {
    var entries = new LinkedHashMap<>(base.entries());
    over.entries()
        .forEach(
            (key, entry) -> {
              var before = entries.get(key);
              if (entry.value().how() == How.REMOVES) {
                entries.remove(key);
              } else if (before == null || isNamed || entry.value().how() == How.REPLACES) {
                entries.put(key, entry);
              } else {
                entries.put(key, new Entry(entry.key(), merge(key, before.value(), entry.value())));
              }
            });
    return new Mapping(base.place(), How.MERGES, entries);
  }

  /** What is left when nothing more goes over it: without what is marked as removed. */
  static Mapping settled(Mapping model) {
    var entries = new LinkedHashMap<String, Entry>();
    model
        .entries()
        .forEach(
            (key, entry) -> {
              if (entry.value().how() != How.REMOVES) {
                var value = entry.value() instanceof Mapping inner ? settled(inner) : entry.value();
                entries.put(key, new Entry(entry.key(), value));
              }
            });
    return new Mapping(model.place(), model.how(), entries);
  }

  private static Value merge(String key, Value base, Value over) {
    if (WHOLE.contains(key) || over.isNothing()) {
      return over.isNothing() && !WHOLE.contains(key) ? base : over;
    }
    var first = alike(key, base);
    var second = alike(key, over);
    if (first instanceof Mapping before && second instanceof Mapping after) {
      return key.equals("logging") && !sameDriver(before, after)
          ? after
          : merge(before, after, NAMED.contains(key));
    }
    if (first instanceof Sequence before && second instanceof Sequence after) {
      var items = new ArrayList<>(before.items());
      items.addAll(after.items());
      return new Sequence(after.place(), How.MERGES, items);
    }
    return over;
  }

  private static boolean sameDriver(Mapping before, Mapping after) {
    var one = before.get("driver");
    var other = after.get("driver");
    return one.isEmpty()
        || other.isEmpty()
        || (one.get() instanceof Scalar(_, _, _, String a)
            && other.get() instanceof Scalar(_, _, _, String b)
            && a.equals(b));
  }

  /** The form in which values of a key can be put together. */
  static Value alike(String key, Value value) {
    if (value instanceof Mapping map && key.equals("extra_hosts")) {
      return hosts(map);
    }
    if (value instanceof Sequence list && (NAMED.contains(key) || KEYED.contains(key))) {
      return map(list, NAMED.contains(key));
    }
    if (value instanceof Scalar scalar && !scalar.isNothing()) {
      if (SINGLE.contains(key)) {
        return new Sequence(scalar.place(), scalar.how(), List.of(scalar));
      }
      if (key.equals("build")) {
        var context = new LinkedHashMap<String, Entry>();
        context.put("context", new Entry(scalar.place(), scalar));
        return new Mapping(scalar.place(), scalar.how(), context);
      }
    }
    return value;
  }

  private static Value hosts(Mapping map) {
    var items = new ArrayList<Value>();
    map.entries()
        .forEach(
            (name, entry) -> {
              var addresses =
                  entry.value() instanceof Sequence list ? list.items() : List.of(entry.value());
              for (var address : addresses) {
                items.add(
                    address instanceof Scalar scalar && !scalar.isNothing()
                        ? scalar.with(name + "=" + scalar.text())
                        : address);
              }
            });
    return new Sequence(map.place(), map.how(), items);
  }

  /** The map that a list of names stands for; the list itself if it has anything else. */
  private static Value map(Sequence list, boolean hasValues) {
    var entries = new LinkedHashMap<String, Entry>();
    for (var item : list.items()) {
      if (!(item instanceof Scalar scalar) || scalar.isNothing()) {
        return list;
      }
      int equals = hasValues ? scalar.text().indexOf('=') : -1;
      var name = equals < 0 ? scalar.text() : scalar.text().substring(0, equals);
      var place = scalar.place();
      var value =
          equals < 0
              ? new Scalar(place, How.MERGES, Kind.NOTHING, "")
              : new Scalar(place, How.MERGES, Kind.TEXT, scalar.text().substring(equals + 1));
      entries.put(name, new Entry(place, value));
    }
    return new Mapping(list.place(), list.how(), entries);
  }
}
