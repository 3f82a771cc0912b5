package dev.hearth.stdlib.images;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one entry: what the release says, or else its family. What is wrong is collected,
 * so that a user sees all of it at once.
 */
final class EntryFields {
  private record Part(JsonNode node, JsonPointer pointer) {}

  private record Found(JsonNode value, JsonPointer pointer) {}

  private final CatalogueText text;
  private final List<Part> parts;
  private final List<HearthException> faults;

  private EntryFields(CatalogueText text, List<Part> parts, List<HearthException> faults) {
    this.text = text;
    this.parts = parts;
    this.faults = faults;
  }

  /** The entry that stands at one place, whole. */
  static EntryFields at(CatalogueText text, JsonPointer pointer, List<HearthException> faults) {
    return new EntryFields(text, List.of(new Part(text.tree().at(pointer), pointer)), faults);
  }

  /** With what stands at another place for what is missing here. */
  EntryFields orElse(JsonPointer pointer) {
    var more = new ArrayList<>(parts);
    more.add(new Part(text.tree().at(pointer), pointer));
    return new EntryFields(text, more, faults);
  }

  /** The fields of an object in a field; empty where there is none. */
  Optional<EntryFields> object(String name) {
    return find(name)
        .filter(found -> isOf(found, found.value().isObject(), name, "an object"))
        .map(found -> at(text, found.pointer(), faults));
  }

  /** Says what is wrong here. */
  void fault(String fault) {
    faults.add(text.invalid(parts.getFirst().pointer(), fault));
  }

  /** Says what is wrong with a field. */
  void fault(String name, String fault) {
    var pointer = find(name).map(Found::pointer).orElse(parts.getFirst().pointer());
    faults.add(text.invalid(pointer, fault));
  }

  void only(Collection<String> known) {
    for (var part : parts) {
      for (var field : part.node().properties()) {
        if (!known.contains(field.getKey())) {
          var meant =
              Suggestion.closest(field.getKey(), known)
                  .map(best -> "; `" + best + "` is the closest")
                  .orElse("");
          faults.add(
              text.invalid(
                  part.pointer().appendProperty(field.getKey()),
                  "there is no field `" + field.getKey() + "`" + meant));
        }
      }
    }
  }

  boolean has(String name) {
    return find(name).isPresent();
  }

  String text(String name) {
    return optional(name).orElseGet(() -> missing(name, ""));
  }

  Optional<String> optional(String name) {
    return find(name)
        .filter(
            found ->
                isOf(
                    found,
                    found.value().isTextual() && !found.value().textValue().isBlank(),
                    name,
                    "a text"))
        .map(found -> found.value().textValue());
  }

  @Nullable String orNull(String name) {
    return optional(name).orElse(null);
  }

  String matching(String name, Pattern pattern, String what) {
    var value = text(name);
    if (!value.isEmpty() && !pattern.matcher(value).matches()) {
      fault(name, "`" + name + "` is `" + value + "`, and has to be " + what);
    }
    return value;
  }

  boolean flag(String name) {
    return find(name)
        .filter(found -> isOf(found, found.value().isBoolean(), name, "true or false"))
        .map(found -> found.value().booleanValue())
        .orElse(false);
  }

  int count(String name) {
    return find(name)
        .filter(
            found ->
                isOf(
                    found,
                    found.value().isInt() && found.value().intValue() > 0,
                    name,
                    "a whole number above 0"))
        .map(found -> found.value().intValue())
        .orElseGet(() -> find(name).isPresent() ? 1 : missing(name, 1));
  }

  @Nullable String date(String name) {
    var value = orNull(name);
    if (value != null) {
      try {
        LocalDate.parse(value);
      } catch (DateTimeParseException e) {
        fault(name, "`" + name + "` is `" + value + "`, and has to be a day such as 2028-08-09");
        return null;
      }
    }
    return value;
  }

  /** One of several words; empty where nothing is said, or something else. */
  <W extends Word> Optional<W> choice(String name, W[] choices) {
    return optional(name).flatMap(said -> chosen(name, said, choices));
  }

  /** One of several words; the first where it is missing or another, which is told. */
  <W extends Word> W required(String name, W[] choices) {
    return optional(name)
        .map(said -> chosen(name, said, choices).orElse(choices[0]))
        .orElseGet(() -> missing(name, choices[0]));
  }

  <W extends Word> List<W> choices(String name, W[] choices) {
    var said = list(name);
    if (said.isEmpty()) {
      missing(name, "");
    }
    return said.stream().flatMap(one -> chosen(name, one, choices).stream()).toList();
  }

  private <W extends Word> Optional<W> chosen(String name, String said, W[] choices) {
    var found = Arrays.stream(choices).filter(choice -> choice.word().equals(said)).findFirst();
    if (found.isEmpty()) {
      var words = String.join(", ", Arrays.stream(choices).map(Word::word).toList());
      fault(name, "`" + name + "` is `" + said + "`, and has to be one of " + words);
    }
    return found;
  }

  /** The texts of a field, of the nearest part that has it. */
  List<String> list(String name) {
    return find(name).map(found -> texts(found, name)).orElse(List.of());
  }

  /** The texts of a field, of all parts; the family's first. */
  List<String> all(String name) {
    return parts.reversed().stream()
        .flatMap(part -> find(part, name).stream())
        .flatMap(found -> texts(found, name).stream())
        .toList();
  }

  private List<String> texts(Found found, String name) {
    var texts = new ArrayList<String>();
    boolean isList = found.value().isArray();
    for (var item : found.value()) {
      isList &= item.isTextual() && !item.textValue().isBlank();
      texts.add(item.asText());
    }
    return isOf(found, isList, name, "a list of texts") ? texts : List.of();
  }

  Map<String, String> map(String name) {
    var map = new LinkedHashMap<String, String>();
    find(name)
        .filter(found -> isOf(found, found.value().isObject(), name, "an object of texts"))
        .ifPresent(
            found ->
                found
                    .value()
                    .properties()
                    .forEach(
                        field -> {
                          if (isOf(
                              found, field.getValue().isTextual(), name, "an object of texts")) {
                            map.put(field.getKey(), field.getValue().textValue());
                          }
                        }));
    return map;
  }

  private <T> T missing(String name, T stand) {
    fault("it has no `" + name + "`");
    return stand;
  }

  private boolean isOf(Found found, boolean holds, String name, String what) {
    if (!holds) {
      faults.add(text.invalid(found.pointer(), "`" + name + "` has to be " + what));
    }
    return holds;
  }

  private Optional<Found> find(String name) {
    return parts.stream().flatMap(part -> find(part, name).stream()).findFirst();
  }

  private static Optional<Found> find(Part part, String name) {
    return Optional.ofNullable(part.node().get(name))
        .map(value -> new Found(value, part.pointer().appendProperty(name)));
  }
}
