package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.ProcessOutcome;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Failures of Terraform as errors of recipes. */
final class Diagnostics {
  private static final int EXCERPT = 4000;

  /** A line of what Terraform tells of a lock, which has no field of its own. */
  private static final Pattern LOCK_FACT =
      Pattern.compile("^ *(ID|Path|Operation|Who|Version|Created|Info): *(.*)$", Pattern.MULTILINE);

  private static final Pattern HELD = Pattern.compile("already locked: ID=(\\S+)");

  private static final DateTimeFormatter CREATED =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendLiteral(" +0000 UTC")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String LOCK = "Error acquiring the state lock";

  private Diagnostics() {}

  /**
   * Why a run failed.
   *
   * @param begun when it began
   */
  static HearthException failed(
      TerraformProgram.Work work, UiLog log, ProcessOutcome outcome, Instant begun) {
    var said = work.hidden().masked(outcome.errorText());
    var told = log.diagnostics(work.hidden());
    var all = told.isEmpty() ? PlainErrors.read(said) : told;
    var first = all.stream().filter(Diagnostic::isError).findFirst();
    var lock = all.stream().filter(each -> each.summary().equals(LOCK)).findFirst();
    var error =
        lock.map(each -> locked(work, each, begun))
            .orElseGet(
                () ->
                    new HearthException(
                        TerraformError.FAILED,
                        work.what(),
                        work.shown(),
                        first.map(Diagnostic::sentence).orElseGet(() -> lastLine(outcome, said))));
    return error
        .with("diagnostics", all)
        .with("status", outcome.exitStatus())
        .with("stderr", excerpt(said));
  }

  private static HearthException locked(
      TerraformProgram.Work work, Diagnostic lock, Instant begun) {
    Map<String, String> facts = new LinkedHashMap<>();
    var matcher = LOCK_FACT.matcher(lock.detail());
    while (matcher.find()) {
      facts.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), matcher.group(2).strip());
    }
    if (created(facts).filter(begun::isBefore).isPresent()) {
      facts.clear(); // of PostgreSQL and HTTP Terraform tells who asked, and not who holds it
      var held = HELD.matcher(lock.detail());
      if (held.find()) {
        facts.put("id", held.group(1));
      }
    }
    var who = facts.get("who");
    var by =
        who == null ? "" : " by " + who + " since " + facts.getOrDefault("created", "some time");
    return new HearthException(TerraformError.LOCKED, work.shown(), by).with("lock", facts);
  }

  private static Optional<Instant> created(Map<String, String> facts) {
    try {
      var text = facts.getOrDefault("created", "");
      return Optional.of(Instant.from(CREATED.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
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
