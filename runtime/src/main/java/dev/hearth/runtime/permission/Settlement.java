package dev.hearth.runtime.permission;

import static java.util.stream.Collectors.joining;

import dev.hearth.runtime.HearthException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settles what a recipe may do before any line of it runs. What it declares and was not granted is
 * asked for, or refused where nobody can be asked. What it does not declare is never asked for: the
 * gate refuses it when it happens.
 */
public final class Settlement {
  private final Optional<GrantPrompt> prompt;
  private final boolean simulated;

  private Settlement(Optional<GrantPrompt> prompt, boolean simulated) {
    this.prompt = prompt;
    this.simulated = simulated;
  }

  /** Refuses what was not granted: where there is no terminal, or with {@code --no-input}. */
  public static Settlement withoutAsking() {
    return new Settlement(Optional.empty(), false);
  }

  public static Settlement asking(GrantPrompt prompt) {
    return new Settlement(Optional.of(prompt), false);
  }

  /**
   * The settlement of a simulated run: declared systems, addresses and programs are granted, since
   * what stands there is simulated or refuses by name. Files, environment, secrets and open ports
   * are the user's real ones and are settled as ever.
   */
  public Settlement simulated() {
    return new Settlement(prompt, true);
  }

  /**
   * What the recipe may do. Fails with {@link PermissionError#NOT_GRANTED} or {@link
   * PermissionError#CHANGED}, whose detail {@code missing} lists each missing permission with its
   * words and its flag.
   *
   * @param recipe its name, for messages
   * @param needs what it declares
   * @param given what flags and earlier answers granted
   * @param changes why earlier answers do not hold any more, as in {@link GrantPrompt.Question}
   */
  public Settled settle(String recipe, List<Need> needs, Grants given, List<String> changes)
      throws InterruptedException {
    var grants = simulated ? given.union(standIns(needs)) : given;
    var missing = missing(needs, grants);
    var all = missing;
    var lasting = GrantPrompt.Lasting.ONCE;
    if (!missing.isEmpty() && prompt.isPresent()) {
      var question = new GrantPrompt.Question(VisibleText.of(recipe), missing, changes);
      var answer = prompt.get().ask(question);
      var answers =
          missing.stream().filter(answer.granted()::contains).map(Need::permission).toList();
      grants = grants.union(Grants.of(Grant.Origin.PROMPT, answers));
      missing = missing(missing, grants);
      lasting = answer.lasting();
    }
    if (!missing.isEmpty()) {
      throw refusal(recipe, missing, all, changes);
    }
    return new Settled(grants, lasting);
  }

  /**
   * What was settled.
   *
   * @param grants all that the recipe may do
   * @param lasting for how long the answers to the prompt hold
   */
  public record Settled(Grants grants, GrantPrompt.Lasting lasting) {}

  private static List<Need> missing(List<Need> needs, Grants grants) {
    return needs.stream().filter(need -> !grants.allows(need.permission())).distinct().toList();
  }

  private static Grants standIns(List<Need> needs) {
    return Grants.of(
        Grant.Origin.SIMULATION,
        needs.stream().map(Need::permission).filter(Settlement::isSimulated).toList());
  }

  private static boolean isSimulated(Permission permission) {
    return switch (permission) {
      case Permission.Intent _, Permission.Net _, Permission.Exec _, Permission.Secret _ -> true;
      case Permission.Listen _,
          Permission.Read _,
          Permission.Write _,
          Permission.Env _,
          Permission.All _ ->
          false;
    };
  }

  /**
   * The refusal.
   *
   * @param all what has to be granted for the run, also what a prompt granted for this one
   */
  private static HearthException refusal(
      String recipe, List<Need> missing, List<Need> all, List<String> changes) {
    var name = VisibleText.of(recipe);
    var words = missing.stream().map(Need::words).collect(joining(", to "));
    var flags =
        all.stream()
            .map(need -> VisibleText.of(need.permission().flag()))
            .collect(joining(" ", "`", "`"));
    var error =
        changes.isEmpty()
            ? new HearthException(PermissionError.NOT_GRANTED, name, words, flags)
            : new HearthException(
                PermissionError.CHANGED, name, words, flags, String.join("; ", changes));
    return error.with("missing", missing.stream().map(Settlement::details).toList());
  }

  private static Map<String, String> details(Need need) {
    return Map.of(
        "permission", need.permission().toString(),
        "words", need.words(),
        "flag", need.permission().flag());
  }
}
