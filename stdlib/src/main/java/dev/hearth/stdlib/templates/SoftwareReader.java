package dev.hearth.stdlib.templates;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.Suggestion;
import dev.hearth.stdlib.templates.Specification.Repository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packages of a wish by the names of its image's distribution, and where they come from. */
final class SoftwareReader {
  static final List<String> FIELDS = List.of("packages", "packageSets", "repositories");

  /** A name, or one with a version or an architecture; `@name` is a group of dnf. */
  private static final Pattern PACKAGE = Pattern.compile("@?[A-Za-z0-9][A-Za-z0-9_.+:~^@=*/-]*");

  private static final Pattern REPOSITORY = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern URL = Pattern.compile("https?://[^\\s\"'`\\\\]+");
  private static final Pattern SUITE = Pattern.compile("[A-Za-z0-9./_-]+");
  private static final Pattern PGP_KEY =
      Pattern.compile("\\s*-----BEGIN PGP PUBLIC KEY BLOCK-----");
  private static final Pattern RSA_KEY = Pattern.compile("\\s*-----BEGIN (?:RSA )?PUBLIC KEY-----");

  private static final String EPEL = "epel";

  private final Fields wish;
  private final Faults faults;
  private final ImageFacts image;
  private final PackageCatalogue catalogue = PackageCatalogue.shipped();

  SoftwareReader(Fields wish, Faults faults, ImageFacts image) {
    this.wish = wish;
    this.faults = faults;
    this.image = image;
  }

  /**
   * All packages, each once.
   *
   * @param repositories the wish's
   */
  List<String> packages(List<Repository> repositories) {
    boolean hasEpel = repositories.stream().anyMatch(one -> one.name().equals(EPEL));
    SequencedSet<String> all = new LinkedHashSet<>();
    wish.each("packageSets", (field, item) -> set(field, item.asText(), hasEpel, all));
    wish.each("packages", (field, item) -> one(field, item, hasEpel, all));
    return List.copyOf(all);
  }

  private void set(String field, String name, boolean hasEpel, SequencedSet<String> all) {
    if (!catalogue.hasSet(name)) {
      faults.add(
          field,
          "is " + Faults.quoted(name) + ", which is no set of packages",
          Suggestion.closest(name, catalogue.setNames())
              .map(closest -> "Did you mean `" + closest + "`?")
              .orElse("Use one of: " + String.join(", ", catalogue.setNames()) + "."));
      return;
    }
    var manager = manager(field, "the set `" + name + "`");
    if (manager != null) {
      catalogue.set(name).forEach(each -> known(field, each, manager, hasEpel, all));
    }
  }

  private void one(String field, JsonNode item, boolean hasEpel, SequencedSet<String> all) {
    if (item.isObject()) {
      exact(field, item, all);
      return;
    }
    var name = item.asText();
    if (!item.isTextual() || !PACKAGE.matcher(name).matches()) {
      faults.add(field, "is " + Faults.quoted(name) + ", and has to be the name of a package");
      return;
    }
    var manager = image.packageNames().filter(PackageCatalogue.MANAGERS::contains).orElse(null);
    if (catalogue.knows(name) && manager != null) {
      known(field, name, manager, hasEpel, all);
    } else {
      all.add(name);
    }
  }

  /** A name that is taken as it is. */
  private void exact(String field, JsonNode item, SequencedSet<String> all) {
    var fields = Fields.of(item, field, faults);
    fields.only(List.of("exact"));
    fields.required("exact");
    fields.matching("exact", PACKAGE, "the name of a package").ifPresent(all::add);
  }

  private @Nullable String manager(String field, String what) {
    var manager = image.packageNames().orElse(null);
    if (manager == null || !PackageCatalogue.MANAGERS.contains(manager)) {
      faults.add(
          field,
          "asks for %s, and nobody knows what %s calls its packages"
              .formatted(what, image.called()),
          image.isKnown()
              ? "List them by their own names in `packages`."
              : "Say which image of the catalogue yours is `like`, or list packages by their own names.");
      return null;
    }
    return manager;
  }

  private void known(
      String field, String name, String manager, boolean hasEpel, SequencedSet<String> all) {
    var known = catalogue.find(name, manager, String.valueOf(image.family()));
    if (known.names().isEmpty()) {
      faults.add(
          field,
          "asks for `%s`, of which %s has no package".formatted(name, image.called()),
          "Leave it out, or give its repository and its name as `{ exact: 'NAME' }`.");
    } else if (known.epel() && !hasEpel) {
      faults.add(
          field,
          "asks for `%s`, which %s has in EPEL alone".formatted(name, image.called()),
          "Add `repositories: ['epel']`.");
    } else if (!known.vendor().isEmpty() && !wish.has("repositories")) {
      faults.add(
          field,
          "asks for `%s`, which is in the repository of %s alone".formatted(name, known.vendor()),
          "Add that repository to `repositories`.");
    } else {
      all.addAll(known.names());
    }
  }

  List<Repository> repositories() {
    List<Repository> all = new ArrayList<>();
    wish.each(
        "repositories",
        (field, item) -> {
          var repository =
              item.isTextual() ? byName(field, item.textValue()) : repository(field, item);
          if (repository != null
              && all.stream().anyMatch(one -> one.name().equals(repository.name()))) {
            faults.add(field, "has the name of another: `" + repository.name() + "`");
          } else if (repository != null) {
            all.add(repository);
          }
        });
    return all;
  }

  private @Nullable Repository byName(String field, String name) {
    var release = String.valueOf(image.release()).replaceFirst("^.*?(\\d+)$", "$1");
    if (!name.equals(EPEL) || !PackageCatalogue.isEl(String.valueOf(image.family()))) {
      faults.add(
          field,
          "is " + Faults.quoted(name) + ", which is no repository of " + image.called(),
          "Give its `name` and `url`; by name alone there is `epel`, for Rocky, Alma, Oracle and CentOS Stream.");
      return null;
    }
    var home = "https://dl.fedoraproject.org/pub/epel/";
    return new Repository(
        EPEL,
        home + release + "/Everything/$basearch/",
        null,
        List.of(),
        home + "RPM-GPG-KEY-EPEL-" + release,
        false);
  }

  private @Nullable Repository repository(String field, JsonNode item) {
    var fields = Fields.of(item, field, faults);
    fields.only(List.of("name", "url", "suite", "components", "key", "trusted"));
    fields.required("name");
    fields.required("url");
    var manager = image.packageNames().orElse("none");
    if (!List.of("apt", "dnf", "zypper", "apk", "pacman").contains(manager)) {
      faults.add(
          field,
          "cannot be added to " + image.called(),
          "Repositories are known of apt, dnf, zypper, apk and pacman; write others with `files` and `commands`.");
    }
    boolean trusted = fields.flag("trusted").orElse(false);
    var key = fields.text("key").orElse(null);
    if (key == null && !trusted) {
      fields.fault("key", "is missing", "Give the public key that signs it, or `trusted: true`.");
    }
    var form = manager.equals("apk") ? RSA_KEY : PGP_KEY;
    if (key != null && !form.matcher(key).lookingAt()) {
      fields.fault(
          "key",
          "is no key of " + manager,
          "Give the text of the file that its makers publish, whole.");
    }
    boolean isApt = manager.equals("apt");
    if (!isApt && (fields.has("suite") || fields.has("components"))) {
      fields.fault("suite", "is there with apt alone");
    }
    var suite =
        fields
            .matching("suite", SUITE, "a suite of apt, such as `bookworm` or `./`")
            .orElse(image.codename());
    if (isApt && suite == null) {
      fields.fault("suite", "is missing");
    }
    var components = fields.texts("components", SUITE, "a component of apt");
    boolean isFlat = suite != null && suite.endsWith("/");
    return new Repository(
        fields.matching("name", REPOSITORY, "a name of small letters, digits and `-`").orElse(""),
        fields.matching("url", URL, "a web address").orElse(""),
        isApt ? suite : null,
        isApt && components.isEmpty() && !isFlat ? List.of("main") : components,
        key,
        trusted);
  }
}
