package dev.hearth.stdlib.proxmox.sim.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All declared methods, found by path. */
public final class Api {
  private final List<ApiMethod> methods = new ArrayList<>();
  private final Branch root = new Branch();
  private final Set<String> absent;

  /**
   * @param absent what the real Proxmox has and this one has not: lines of {@code GET /path}
   */
  public Api(Set<String> absent) {
    this.absent = absent;
    for (var line : absent) {
      branch(line.substring(line.indexOf(' ') + 1));
    }
  }

  /** Adds methods; one that is declared twice is a bug. */
  public Api add(List<ApiMethod> more) {
    for (var method : more) {
      var branch = branch(method.path());
      if (branch.methods.put(method.verb(), method) != null) {
        throw new IllegalStateException(method + " is declared twice.");
      }
      methods.add(method);
    }
    return this;
  }

  /** The methods in the order in which they were added. */
  public List<ApiMethod> methods() {
    return methods;
  }

  /** Finds what a decoded path without {@code /api2/json} leads to. */
  Optional<Found> find(String path) {
    var segments = Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
    var values = new LinkedHashMap<String, String>();
    var at = root;
    for (int i = 0; i < segments.size(); i++) {
      var literal = at.literals.get(segments.get(i));
      if (literal != null) {
        at = literal;
        continue;
      }
      var place = at.place;
      if (place == null || segments.get(i).matches(".*\\s.*")) {
        return Optional.empty(); // places hold no white space
      }
      if (at.takesRest) {
        values.put(at.placeName, String.join("/", segments.subList(i, segments.size())));
        return Optional.of(new Found(place, values));
      }
      values.put(at.placeName, segments.get(i));
      at = place;
    }
    return Optional.of(new Found(at, values));
  }

  private Branch branch(String path) {
    var at = root;
    var spelled = new StringBuilder();
    for (var segment : path.split("/", -1)) {
      if (segment.isEmpty()) {
        continue;
      }
      spelled.append('/').append(segment.replace("...", ""));
      at = at.child(segment);
      at.path = spelled.toString();
    }
    return at;
  }

  /** Where a path leads, and what its places are filled with. */
  record Found(Branch branch, Map<String, String> values) {
    Optional<ApiMethod> method(String verb) {
      return Optional.ofNullable(branch.methods.get(verb));
    }
  }

  /** Whether the real Proxmox has a method here that this one lacks. */
  boolean isAbsent(Found found, String verb) {
    return absent.contains(verb + " " + found.branch().path);
  }

  private static final class Branch {
    private final Map<String, Branch> literals = new TreeMap<>();
    private final Map<String, ApiMethod> methods = new HashMap<>();
    private @Nullable Branch place;
    private String placeName = "";
    private boolean takesRest;
    private String path = "";

    private Branch child(String segment) {
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, s -> new Branch());
      }
      var name = segment.substring(1, segment.length() - 1);
      takesRest |= name.endsWith("...");
      placeName = name.replace("...", "");
      var next = place == null ? new Branch() : place;
      place = next;
      return next;
    }
  }
}
