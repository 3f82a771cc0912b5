package dev.hearth.runtime;

import dev.hearth.runtime.RunRequest.OnError;
import dev.hearth.runtime.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked of {@link Hearth#takeUp}: to go on with a run that stopped half-way, or to take it
 * back. Recipe, parameters, connections and the grants that were given as flags are those that the
 * run began with. Immutable; each method returns a changed copy.
 *
 * @param what what becomes of the run
 * @param run its id, the begin of it, or its last four characters
 * @param secrets the values of secret parameters, which its journal may not keep
 * @param grants further grants, as in {@link RunRequest}; what was answered when the run began is
 *     asked again
 * @param redo open steps that are done again
 * @param skip open steps that count as finished, without a result
 * @param timeout stop after this long
 * @param onError what happens to finished steps after another failure; empty: as in the beginning
 * @param diagnostics what is to be found out beside the result
 */
public record TakeUpRequest(
    TakeUp what,
    String run,
    Map<String, Secret> secrets,
    List<String> grants,
    Set<String> redo,
    Set<String> skip,
    Optional<Duration> timeout,
    Optional<OnError> onError,
    Diagnostics diagnostics) {

  public TakeUpRequest {
    secrets = Map.copyOf(secrets);
    grants = List.copyOf(grants);
    redo = Set.copyOf(redo);
    skip = Set.copyOf(skip);
  }

  /** To go on where the run stopped. */
  public static TakeUpRequest resume(String run) {
    return of(TakeUp.RESUME, run);
  }

  /** To take back what the run did. */
  public static TakeUpRequest undo(String run) {
    return of(TakeUp.UNDO, run);
  }

  private static TakeUpRequest of(TakeUp what, String run) {
    return new TakeUpRequest(
        what,
        run,
        Map.of(),
        List.of(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        Diagnostics.NONE);
  }

  public TakeUpRequest secret(String name, Secret value) {
    var more = new LinkedHashMap<>(secrets);
    more.put(name, value);
    return new TakeUpRequest(what, run, more, grants, redo, skip, timeout, onError, diagnostics);
  }

  public TakeUpRequest allow(String grant) {
    var more = new ArrayList<>(grants);
    more.add(grant);
    return new TakeUpRequest(what, run, secrets, more, redo, skip, timeout, onError, diagnostics);
  }

  public TakeUpRequest redo(String step) {
    return new TakeUpRequest(
        what, run, secrets, grants, with(redo, step), skip, timeout, onError, diagnostics);
  }

  public TakeUpRequest skip(String step) {
    return new TakeUpRequest(
        what, run, secrets, grants, redo, with(skip, step), timeout, onError, diagnostics);
  }

  public TakeUpRequest timeout(Duration limit) {
    return new TakeUpRequest(
        what, run, secrets, grants, redo, skip, Optional.of(limit), onError, diagnostics);
  }

  public TakeUpRequest onError(OnError choice) {
    return new TakeUpRequest(
        what, run, secrets, grants, redo, skip, timeout, Optional.of(choice), diagnostics);
  }

  /** As {@link RunRequest#diagnosed}. */
  public TakeUpRequest diagnosed(Diagnostics what) {
    return new TakeUpRequest(this.what, run, secrets, grants, redo, skip, timeout, onError, what);
  }

  private static Set<String> with(Set<String> steps, String step) {
    var more = new LinkedHashSet<>(steps);
    more.add(step);
    return more;
  }
}
