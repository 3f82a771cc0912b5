package dev.hearth.runtime.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private final PermissionParser parser = PermissionParser.relativeTo(Path.of("/recipes"));
  private final List<String> shown = new ArrayList<>();

  @Test
  void what_flags_granted_is_not_asked_again() throws InterruptedException {
    var flags = parser.grants(List.of("proxmox:write"));

    var grants =
        asking("nothing")
            .settle("template.js", needs("proxmox=lab:write"), flags, List.of())
            .grants();

    assertThat(grants).isEqualTo(flags);
    assertThat(shown).isEmpty();
  }

  @Test
  void what_the_user_answers_is_granted() throws InterruptedException {
    var grants =
        asking("net=a.org:443")
            .settle("template.js", needs("net=a.org:443"), Grants.none(), List.of())
            .grants();

    assertThat(grants.list())
        .containsExactly(new Grant(parser.parse("net=a.org:443"), Grant.Origin.PROMPT));
  }

  @Test
  void one_no_refuses_the_run_and_names_what_is_missing() {
    var error =
        catchThrowableOfType(
            HearthException.class,
            () ->
                asking("net=a.org:443")
                    .settle(
                        "template.js",
                        needs("net=a.org:443", "exec=git", "env=X"),
                        Grants.none(),
                        List.of()));

    assertThat(error.sentence())
        .isEqualTo(
            "template.js was not allowed to run `git`, which may do everything that you may do, to"
                + " see the environment variable `X`.");
    assertThat(error.hint())
        .isEqualTo(
            "If you trust it, run it again with `--allow-net=a.org:443 --allow-exec=git"
                + " --allow-env=X`.");
  }

  @Test
  void without_a_terminal_every_missing_need_and_the_flags_to_type_are_named() {
    var lab = (Permission.Intent) parser.parse("proxmox=lab:write");
    var needs = List.of(Need.through(lab, "10.0.0.5:8006"), Need.of(parser.parse("read=my keys")));

    var error =
        catchThrowableOfType(
            HearthException.class,
            () ->
                Settlement.withoutAsking().settle("template.js", needs, Grants.none(), List.of()));

    assertThat(error.id()).isEqualTo("permission.not-granted");
    assertThat(error.kind().exitStatus()).isEqualTo(3);
    assertThat(error.sentence())
        .isEqualTo(
            "template.js was not allowed to change Proxmox through connection `lab`"
                + " (10.0.0.5:8006), to read `/recipes/my keys` and all below it.");
    assertThat(error.hint())
        .isEqualTo(
            "If you trust it, run it again with `--allow-proxmox=lab:write"
                + " '--allow-read=/recipes/my keys'`.");
    assertThat(error.details().get("missing"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains(
            Map.of(
                "permission", "proxmox=lab:write",
                "words", "change Proxmox through connection `lab` (10.0.0.5:8006)",
                "flag", "--allow-proxmox=lab:write"));
  }

  @Test
  void an_answer_to_a_question_that_was_not_asked_grants_nothing() {
    GrantPrompt eager =
        _ ->
            new GrantPrompt.Answer(
                Set.of(Need.of(new Permission.All())), GrantPrompt.Lasting.ALWAYS);

    var error =
        catchThrowableOfType(
            HearthException.class,
            () ->
                Settlement.asking(eager)
                    .settle("template.js", needs("net=a.org:443"), Grants.none(), List.of()));

    assertThat(error.id()).isEqualTo("permission.not-granted");
  }

  @Test
  void a_simulated_run_asks_only_for_what_stays_real() throws InterruptedException {
    var grants =
        asking("read=/recipes/keys")
            .simulated()
            .settle(
                "template.js",
                needs("proxmox:write", "net=a.org:443", "exec=git", "read=keys"),
                Grants.none(),
                List.of())
            .grants();

    assertThat(shown).containsExactly("read `/recipes/keys` and all below it");
    assertThat(grants.covers(parser.parse("proxmox=sim:write")).orElseThrow().origin())
        .isEqualTo(Grant.Origin.SIMULATION);
  }

  @Test
  void nothing_that_a_recipe_declares_can_disguise_the_prompt() throws InterruptedException {
    var hostile = "read=/tmp/\u202Eyek\u001B[2K\r\n`allowed`\u200B\u3164";

    asking("nothing", hostile).settle("a\u0007.js", needs(hostile), Grants.none(), List.of());

    assertThat(shown)
        .containsExactly(
            "read `/tmp/\\u{202E}yek\\u{1B}[2K\\u{D}\\u{A}\\u{60}allowed\\u{60}\\u{200B}\\u{3164}`"
                + " and all below it");
  }

  private Settlement asking(String... granted) {
    return Settlement.asking(
        question -> {
          assertThat(question.recipe()).isEqualTo(VisibleText.of(question.recipe()));
          question.needs().forEach(need -> shown.add(need.words()));
          var yes = Arrays.stream(granted).filter(text -> text.contains("=")).map(parser::parse);
          var permissions = yes.collect(Collectors.toSet());
          var answers =
              question.needs().stream()
                  .filter(need -> permissions.contains(need.permission()))
                  .collect(Collectors.toSet());
          return new GrantPrompt.Answer(answers, GrantPrompt.Lasting.ONCE);
        });
  }

  private List<Need> needs(String... permissions) {
    return Arrays.stream(permissions).map(parser::parse).map(Need::of).toList();
  }

  @Test
  void what_changed_since_it_was_allowed_is_told_with_the_refusal() {
    var error =
        catchThrowableOfType(
            HearthException.class,
            () ->
                Settlement.withoutAsking()
                    .settle(
                        "template.js",
                        needs("net=a.org:443"),
                        Grants.none(),
                        List.of("`lib/disks.js` has changed")));

    assertThat(error.id()).isEqualTo("permission.changed");
    assertThat(error.kind().exitStatus()).isEqualTo(3);
    assertThat(error.sentence())
        .isEqualTo(
            "template.js was not allowed to connect to a.org:443 again: `lib/disks.js` has changed"
                + " since you allowed it.");
    assertThat(error.hint())
        .isEqualTo(
            "Look at what changed; if you still trust it, run it with `--allow-net=a.org:443`, and"
                + " with `--remember` to have that remembered.");
  }
}
