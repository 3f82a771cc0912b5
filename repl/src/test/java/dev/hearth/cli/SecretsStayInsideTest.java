package dev.hearth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recipe that does all it can to show its secrets, and the bytes that come of it. */
class SecretsStayInsideTest {
  private static final String PLAIN = "Tr0ub4dor-and-3";
  private static final String AWKWARD = "p\"4's\\w/ö+rd";

  private static final String RECIPE =
      """
      import { proxmox } from 'hearth:proxmox';
      import { blurt } from './lib.js';
      export const recipe = {
        params: {
          plain: { type: 'string', secret: true, required: true },
          awkward: { type: 'string', secret: true, required: true },
        },
        permissions: { proxmox: 'write' },
      };
      const attempt = async (work) => { try { await work(); } catch (e) { console.log(e, e.stack); } };
      export default async ({ params, step, log }) => {
        const { plain, awkward } = params;
        for (const secret of [plain.reveal(), awkward.reveal(), plain, awkward]) {
          console.log(secret, { secret }, [[secret]], new Map([[secret, secret]]));
          console.error(`%s %o`, secret, secret);
          console.log(JSON.stringify(secret), encodeURIComponent(secret), new Error(secret));
          log.warn(secret, { [secret]: secret, deep: [{ secret }] });
          log.info({ secret });
          await step(`step ${secret}`, () => ({ [secret]: [secret] }), {
            undo: () => { throw new Error(secret, { cause: secret }); },
          });
          await attempt(() => step(`failing ${secret}`, () => { throw new TypeError(secret); }));
          await attempt(() => step(`step ${secret}`, () => {}));
          await attempt(() => proxmox({ url: 'nonsense ' + secret, token: secret }).vms.list());
          Promise.reject(Object.assign(new Error(secret), { code: secret, details: { secret } }));
        }
        if (plain.reveal() === 'Tr0ub4dor-and-3') blurt(plain, 'Tr0ub4dor-and-3');
      };
      """;

  private static final String LIBRARY =
      """
      const deeper = (secret) => { const known = 'Tr0ub4dor-and-3'; throw new Error(secret + known, { cause: [secret] }); };
      export const blurt = (secret) => deeper(secret, 'Tr0ub4dor-and-3');
      """;

  private final TypedCommand hearth = new TypedCommand();
  private final Map<String, byte[]> outputs = new LinkedHashMap<>();
  private Path folder = Path.of("");

  @BeforeEach
  void useFolder(@TempDir Path folder) throws IOException {
    this.folder = folder;
    for (var kind : List.of("STATE", "CONFIG", "DATA", "CACHE")) {
      hearth.set("HEARTH_" + kind + "_HOME", folder.resolve("home").toString());
    }
    Files.createDirectory(folder.resolve("recipes"));
    Files.writeString(folder.resolve("recipes/lib.js"), LIBRARY);
  }

  private String recipe(String text) throws IOException {
    return Files.writeString(folder.resolve("recipes/recipe.js"), text).toString();
  }

  private int type(String... arguments) {
    int status = hearth.type(arguments);
    var name = String.join(" ", arguments).replaceAll("=[^ ]*", "=");
    outputs.put("stdout of " + name, hearth.out().getBytes(StandardCharsets.UTF_8));
    outputs.put("stderr of " + name, hearth.err().getBytes(StandardCharsets.UTF_8));
    return status;
  }

  /** Everything that was printed and everything that was written to a file. */
  private void assertNoSecretAnywhere() throws IOException {
    try (var files = Files.walk(folder.resolve("home"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        outputs.put(file.toString(), Files.readAllBytes(file));
      }
    }
    var found = new ArrayList<String>();
    outputs.forEach(
        (name, bytes) -> {
          var text = new String(bytes, StandardCharsets.UTF_8);
          for (var secret : List.of(PLAIN, AWKWARD)) {
            for (var form : formsOf(secret)) {
              if (text.contains(form)) {
                found.add(form + " in " + name);
              }
            }
          }
        });
    assertThat(found).isEmpty();
    assertThat(outputs.keySet()).anyMatch(name -> name.endsWith(".jsonl"));
  }

  private static List<String> formsOf(String secret) {
    var bytes = secret.getBytes(StandardCharsets.UTF_8);
    return List.of(
        secret,
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        secret.replace("\\", "\\\\").replace("\"", "\\\""),
        secret.replace("\\", "\\\\"),
        secret.replace("\\", "\\\\").replace("'", "\\'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--verbose", "--quiet"})
  void no_output_and_no_file_of_a_run_holds_a_secret(String how) throws IOException {
    var status =
        type(
            "run",
            recipe(RECIPE),
            how,
            "--yes",
            "--on-error=undo",
            "--plain=" + PLAIN,
            "--awkward=" + AWKWARD);
    assertThat(status).isEqualTo(11); // its undo functions fail, so it stops half-way
    assertThat(new String(outputs.values().iterator().next(), StandardCharsets.UTF_8))
        .contains("***");
    type("runs", "list", "--json");
    var run = hearth.out().replaceAll("(?s).*?\"run\":\"([^\"]+)\".*", "$1");
    assertThat(type("runs", "show", run)).isZero();
    assertThat(type("runs", "show", run, "--json")).isZero();
    assertThat(type("runs", "show", run, "--verbose")).isZero();
    assertNoSecretAnywhere();
  }

  @Test
  void a_result_holds_no_secret() throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = {
              params: { plain: { type: 'string', secret: true, required: true } },
            };
            export default ({ params: { plain } }) => ({ [plain.reveal()]: [`a ${plain.reveal()} b`], plain });
            """);
    assertThat(type("run", recipe, "--plain=" + PLAIN)).isZero();
    assertThat(hearth.out()).isEqualTo("***    a *** b\nplain  ***\n");
    type("run", recipe, "--json", "--plain=" + PLAIN);
    assertNoSecretAnywhere();
  }

  @Test
  void a_secret_that_is_refused_is_not_shown() throws IOException {
    var recipe =
        recipe(
            """
            export const recipe = {
              params: { plain: { type: 'string', secret: true, maxLength: 3, pattern: '^[0-9]+$' } },
            };
            export default () => {};
            """);
    assertThat(type("run", recipe, "--plain=" + PLAIN)).isEqualTo(2);
    assertThat(hearth.err()).contains("plain");
    type("run", recipe, "--json", "--plain=" + PLAIN);
    outputs.put("none.jsonl", new byte[0]); // nothing ran, so there is no journal
    Files.createDirectories(folder.resolve("home"));
    assertNoSecretAnywhere();
  }
}
