package dev.hearth.stdlib.kubernetes;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.Suggestion;
import dev.hearth.runtime.effect.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of a cluster by all names that people have for them. They are discovered once, and once
 * more for a name that is unknown: its definition may have come meanwhile. Safe from any thread.
 */
final class Kinds {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

  private final Discovery discovery;
  private final Clock clock;
  private @Nullable List<ResourceKind> known; // guarded by this

  Kinds(ApiServer server) {
    this.discovery = new Discovery(server);
    this.clock = server.clock();
  }

  synchronized List<ResourceKind> all() {
    var found = known;
    if (found == null) {
      found = discovery.all();
      known = found;
    }
    return found;
  }

  /** The kinds as they are by now. */
  synchronized void forget() {
    known = null;
  }

  /**
   * The kind of a name: {@code Deployment}, {@code deployments}, {@code deploy}, {@code
   * deployments.apps}, {@code apps/Deployment} or {@code apps/v1/Deployment}.
   *
   * @throws HearthException {@code kubernetes.kind-unknown}, {@code kubernetes.kind-ambiguous}
   */
  ResourceKind named(String name) {
    return find(name).or(() -> again(() -> find(name))).orElseThrow(() -> unknown(name));
  }

  /** The kind of an object. */
  ResourceKind of(String apiVersion, String kind) {
    return find(apiVersion, kind)
        .or(() -> again(() -> find(apiVersion, kind)))
        .orElseThrow(() -> unknown(apiVersion, kind));
  }

  /**
   * Waits for a kind whose definition is established: servers tell of it a moment later.
   *
   * @throws HearthException {@code kubernetes.kind-unknown} when they do not
   */
  void await(String apiVersion, String kind, Duration limit) {
    long deadline = clock.nanoTime() + limit.toNanos();
    while (again(() -> find(apiVersion, kind)).isEmpty()) {
      if (clock.nanoTime() - deadline > 0) {
        throw unknown(apiVersion + "/" + kind);
      }
      try {
        clock.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HearthException(KubernetesError.INTERRUPTED, "the kind `" + kind + "`")
            .causedBy(e);
      }
    }
  }

  private <T> Optional<T> again(java.util.function.Supplier<Optional<T>> search) {
    forget();
    return search.get();
  }

  private Optional<ResourceKind> find(String apiVersion, String kind) {
    return all().stream()
        .filter(each -> each.apiVersion().equals(apiVersion) && each.kind().equals(kind))
        .findFirst();
  }

  private Optional<ResourceKind> find(String name) {
    var parts = name.split("/", -1);
    return switch (parts.length) {
      case 1 -> unqualified(name);
      case 2 -> inGroup(parts[0], parts[1]);
      case 3 -> find(parts[0] + "/" + parts[1], parts[2]);
      default -> Optional.empty();
    };
  }

  /** {@code apps/Deployment} or {@code v1/Pod}. */
  private Optional<ResourceKind> inGroup(String where, String name) {
    return all().stream()
        .filter(each -> each.apiVersion().equals(where) || each.group().equals(where))
        .filter(each -> isCalled(each, name))
        .findFirst();
  }

  private Optional<ResourceKind> unqualified(String name) {
    Predicate<ResourceKind> exact = each -> each.kind().equals(name);
    Predicate<ResourceKind> any = each -> isCalled(each, name);
    for (var fits : List.of(exact, any)) {
      var found = preferred(all().stream().filter(fits));
      if (found.size() == 1) {
        return Optional.of(found.getFirst());
      }
      if (found.size() > 1) {
        return Optional.of(chosen(name, found));
      }
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : all().stream()
            .filter(each -> each.group().equals(name.substring(dot + 1)))
            .filter(each -> isCalled(each, name.substring(0, dot)))
            .findFirst();
  }

  /** Of several versions of a kind in a group the first one, which the server prefers. */
  private static List<ResourceKind> preferred(Stream<ResourceKind> all) {
    var found = new ArrayList<ResourceKind>();
    all.filter(
            each ->
                found.stream()
                    .noneMatch(
                        other ->
                            other.group().equals(each.group()) && other.kind().equals(each.kind())))
        .forEach(found::add);
    return found;
  }

  /**
   * One of those that several groups have: of the core (an Event) or of a group that Kubernetes
   * itself took it to, as Ingress from extensions to networking.k8s.io.
   */
  private static ResourceKind chosen(String name, List<ResourceKind> found) {
    var own = found.stream().filter(ResourceKind::isOfKubernetes).toList();
    if (own.isEmpty()) {
      throw ambiguous(name, found);
    }
    return own.stream()
        .filter(each -> each.group().isEmpty())
        .findFirst()
        .or(() -> own.stream().filter(each -> !each.group().equals("extensions")).findFirst())
        .orElse(own.getFirst());
  }

  private static boolean isCalled(ResourceKind kind, String name) {
    var small = name.toLowerCase(Locale.ROOT);
    return kind.kind().toLowerCase(Locale.ROOT).equals(small)
        || kind.plural().equals(small)
        || kind.singular().equals(small)
        || kind.shortNames().contains(small);
  }

  private static HearthException ambiguous(String name, List<ResourceKind> found) {
    var names = found.stream().map(ResourceKind::name).toList();
    return new HearthException(
            KubernetesError.KIND_AMBIGUOUS,
            name,
            names.stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")),
            names.getFirst())
        .with("kinds", names);
  }

  /** A manifest for an older or newer cluster, or with half an {@code apiVersion}, has the kind. */
  private HearthException unknown(String apiVersion, String kind) {
    var versions =
        all().stream()
            .filter(each -> each.kind().equals(kind))
            .map(each -> "`" + each.apiVersion() + "`")
            .toList();
    var error = unknown(apiVersion + "/" + kind);
    return versions.isEmpty()
        ? error
        : error.hint(
            "The cluster has `%s` as %s: give that as its `apiVersion`."
                .formatted(ApiPath.shown(kind), String.join(" and ", versions)));
  }

  private HearthException unknown(String name) {
    var names =
        all().stream()
            .flatMap(
                each ->
                    Stream.concat(
                        Stream.of(each.kind(), each.plural(), each.name()),
                        each.shortNames().stream()))
            .distinct()
            .toList();
    var error = new HearthException(KubernetesError.KIND_UNKNOWN, ApiPath.shown(name));
    return Suggestion.closest(name, names)
        .map(meant -> error.hint("Did you mean `" + meant + "`?").with("closest", meant))
        .orElse(error);
  }
}
