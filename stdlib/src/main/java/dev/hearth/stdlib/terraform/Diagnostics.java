package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Failures of Terraform as errors of recipes. */
final class Diagnostics {
  private static final int EXCERPT = 4000;

  /** A line of what Terraform tells of a lock, which has no field of its own. */
  private static final Pattern LOCK_FACT =
      Pattern.compile("^ *(ID|Path|Operation|Who|Version|Created|Info): *(.*)$", Pattern.MULTILINE);

  private static final String LOCK = "Error acquiring the state lock";

  private Diagnostics() {}

  static HearthException failed(TerraformProgram.Work work, UiLog log, ProcessOutcome outcome) {
    var said = work.hidden().masked(outcome.errorText());
    var told = log.diagnostics(work.hidden());
    var all = told.isEmpty() ? PlainErrors.read(said) : told;
    var first = all.stream().filter(Diagnostic::isError).findFirst();
    var lock = all.stream().filter(each -> each.summary().equals(LOCK)).findFirst();
    var error =
        lock.map(each -> locked(work, each))
            .orElseGet(
                () ->
                    new HearthException(
                        TerraformError.FAILED,
                        work.what(),
                        work.shownFolder(),
                        first.map(Diagnostic::sentence).orElseGet(() -> lastLine(outcome, said))));
    return error
        .with("diagnostics", all)
        .with("status", outcome.exitStatus())
        .with("stderr", excerpt(said));
  }

  private static HearthException locked(TerraformProgram.Work work, Diagnostic lock) {
    Map<String, String> facts = new LinkedHashMap<>();
    var matcher = LOCK_FACT.matcher(lock.detail());
    while (matcher.find()) {
      facts.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2).strip());
    }
    var who = facts.get("who");
    var by =
        who == null ? "" : " by " + who + " since " + facts.getOrDefault("created", "some time");
    return new HearthException(TerraformError.LOCKED, work.shownFolder(), by).with("lock", facts);
  }

  private static String lastLine(ProcessOutcome outcome, String said) {
    return said.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .reduce((_, later) -> later)
        .map(line -> line.replaceFirst("\\.$", ""))
        .orElse("it ended with status " + outcome.exitStatus());
  }

  private static String excerpt(String text) {
    return text.length() <= EXCERPT ? text.strip() : text.substring(0, EXCERPT).strip() + "…";
  }
}
