package dev.hearth.runtime.param;

import dev.hearth.runtime.ErrorReport.Location;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that is wrong with a declaration, in the order in which it was found; at most a hundred,
 * since nobody reads on and each carries its line.
 */
final class Problems {
  private static final int MOST = 100;

  private final Places places;
  private final List<HearthException> found = new ArrayList<>();

  Problems(Places places) {
    this.places = places;
  }

  /**
   * A key that should not be there, or not be so.
   *
   * @param at the declaration it belongs to
   * @param reason to follow a colon
   */
  void key(Spot at, String key, String reason, String hint) {
    add(at, () -> places.key(at.pointer(key)), reason, hint);
  }

  /** A value that is wrong. */
  void value(Spot at, String key, String reason, String hint) {
    add(at, () -> places.value(at.pointer(key)), reason, hint);
  }

  /** A declaration that is wrong as a whole. */
  void whole(Spot at, String reason, String hint) {
    add(at, () -> places.key(at.pointer()), reason, hint);
  }

  private void add(Spot at, Supplier<Optional<Location>> place, String reason, String hint) {
    if (found.size() >= MOST) {
      return;
    }
    var problem =
        new HearthException(ParamError.DECLARED_WRONG, VisibleText.of(at.name()), reason, hint);
    found.add(place.get().map(problem::at).orElse(problem));
  }

  List<HearthException> found() {
    return List.copyOf(found);
  }

  /**
   * A schema inside the declaration.
   *
   * @param name as people say it: {@code disk.size}, {@code tags[]}
   * @param pointer as programs say it: {@code /disk/properties/size}, {@code /tags/items}
   */
  record Spot(String name, String pointer) {
    String pointer(String key) {
      return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    Spot property(String key) {
      return new Spot(name + "." + key, new Spot("", pointer("properties")).pointer(key));
    }

    Spot items() {
      return new Spot(name + "[]", pointer("items"));
    }

    Spot others() {
      return new Spot(name + ".*", pointer("additionalProperties"));
    }
  }
}
