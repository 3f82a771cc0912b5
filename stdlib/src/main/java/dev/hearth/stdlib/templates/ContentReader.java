package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Suggestion;
import dev.hearth.stdlib.templates.Specification.Content;
import dev.hearth.stdlib.templates.Specification.HostName;
import dev.hearth.stdlib.templates.Specification.Keyboard;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a wish has done inside of a machine: files, commands, language and names. */
final class ContentReader {
  static final List<String> FIELDS =
      List.of("files", "commands", "everyBoot", "locale", "timezone", "keyboard", "hostname");

  private static final Pattern PATH = Pattern.compile("/(?:[^/\\p{Cntrl}]+/)*[^/\\p{Cntrl}]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3,4}");
  private static final Pattern XKB = Pattern.compile("[A-Za-z0-9_,+-]+");
  private static final Pattern LOCALE =
      Pattern.compile("C|POSIX|C\\.UTF-8|[a-z]{2,3}_[A-Z]{2}\\.UTF-8(?:@[a-z]+)?");

  private final Fields wish;
  private final Faults faults;

  ContentReader(Fields wish, Faults faults) {
    this.wish = wish;
    this.faults = faults;
  }

  List<Content> files() {
    List<Content> files = new ArrayList<>();
    for (var file : wish.objects("files")) {
      file.only(List.of("path", "content", "base64", "owner", "group", "mode", "append"));
      file.required("path");
      var path =
          file.matching("path", PATH, "a path from the root, such as /etc/motd")
              .filter(one -> isStraight(file, one))
              .orElse("");
      if (!file.has("content") && !file.has("base64")) {
        file.fault("content", "is missing", "Give it as a text, as `{ file: … }`, or as `base64`.");
      } else if (file.has("content") && file.has("base64")) {
        file.fault("base64", "stands beside a `content`", "Give one of them.");
      }
      var bytes = file.text("base64").filter(text -> isBase64(file, text));
      var owner = file.matching("owner", NAME, "the name of a user").orElse("root");
      var mode = file.matching("mode", MODE, "a mode such as 0644").orElse("0644");
      files.add(
          new Content(
              path,
              bytes.orElseGet(() -> file.text("content").orElse("")),
              bytes.isPresent(),
              owner,
              file.matching("group", NAME, "the name of a group").orElse(null),
              mode.length() == 3 ? "0" + mode : mode,
              file.flag("append").orElse(false)));
    }
    return files;
  }

  private static boolean isStraight(Fields file, String path) {
    boolean holds =
        !List.of(path.split("/")).contains("..") && !List.of(path.split("/")).contains(".");
    if (!holds) {
      file.fault("path", "has a `.` or `..` in it: " + Faults.quoted(path));
    }
    return holds;
  }

  private static boolean isBase64(Fields file, String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException e) {
      file.fault("base64", "is no Base64");
      return false;
    }
  }

  /** A text is for a shell, a list of texts is a program with its arguments. */
  List<JsonNode> commands(String name) {
    List<JsonNode> commands = new ArrayList<>();
    wish.each(
        name,
        (field, item) -> {
          if (isCommand(item)) {
            commands.add(item);
          } else {
            faults.add(field, "has to be a text for a shell, or a list of texts");
          }
        });
    return commands;
  }

  private static boolean isCommand(JsonNode item) {
    if (item.isTextual()) {
      return isWord(item) && !item.textValue().isBlank();
    }
    boolean isList = item.isArray() && !item.isEmpty();
    for (var word : item) {
      isList &= isWord(word);
    }
    return isList;
  }

  private static boolean isWord(JsonNode word) {
    return word.isTextual() && word.textValue().indexOf('\0') < 0;
  }

  @Nullable String locale() {
    return wish.matching("locale", LOCALE, "a locale such as de_DE.UTF-8").orElse(null);
  }

  @Nullable String timezone() {
    return wish.text("timezone").filter(this::isZone).orElse(null);
  }

  private boolean isZone(String name) {
    var known = ZoneId.getAvailableZoneIds();
    if (!known.contains(name)) {
      faults.add(
          "timezone",
          "is " + Faults.quoted(name) + ", which is no time zone",
          Suggestion.closest(name, known)
              .map(closest -> "Did you mean `" + closest + "`?")
              .orElse("Name it as the tz database does, such as `Europe/Berlin`."));
    }
    return known.contains(name);
  }

  /** A text is its layout. */
  @Nullable Keyboard keyboard() {
    if (wish.isText("keyboard")) {
      return wish.matching("keyboard", XKB, "a layout such as `de`")
          .map(layout -> new Keyboard(layout, null, null))
          .orElse(null);
    }
    Optional<Fields> keyboard = wish.object("keyboard");
    if (keyboard.isEmpty()) {
      return null;
    }
    var fields = keyboard.get();
    fields.only(List.of("layout", "variant", "model"));
    fields.required("layout");
    var what = "a word of XKB";
    return new Keyboard(
        fields.matching("layout", XKB, what).orElse(""),
        fields.matching("variant", XKB, what).orElse(null),
        fields.matching("model", XKB, what).orElse(null));
  }

  HostName hostname() {
    var fields = wish.object("hostname").orElse(null);
    if (fields == null) {
      return new HostName(false, false);
    }
    fields.only(List.of("preferFqdn", "preserve"));
    return new HostName(
        fields.flag("preferFqdn").orElse(false), fields.flag("preserve").orElse(false));
  }
}
