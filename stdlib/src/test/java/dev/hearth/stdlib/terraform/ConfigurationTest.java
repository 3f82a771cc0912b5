package dev.hearth.stdlib.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules made of JavaScript, and what the real program makes of them. */
class ConfigurationTest {
  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        new UserHome(home, "terraform")
            .imports(
                "import { call, configuration, expression, interpolate } from 'hearth:terraform';")
            .variable("PATH", String.valueOf(System.getenv("PATH")));
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private String with(String body) {
    return "const dir = '%s'; const infra = terraform({ dir }); const c = configuration();\n%s"
        .formatted(dir, body);
  }

  private String value(String body) {
    return user.value(with(body), grants());
  }

  private String failure(String body) {
    return user.failure(with(body), grants());
  }

  private String applied(String body) {
    return value(
        body
            + """
            await c.write(dir);
            await infra.init();
            const { valid, diagnostics } = await infra.validate();
            if (!valid) throw new Error(JSON.stringify(diagnostics));
            await (await infra.plan()).apply();
            return infra.output();
            """);
  }

  @Test
  void resources_variables_and_outputs_are_what_terraform_applies() {
    assertThat(
            applied(
                """
                c.require({ terraform: '>= 1.5' });
                const size = c.variable('size', { type: 'number', default: 2, validations: [{ condition: expression('var.size > 0'), message: 'More.' }] });
                const names = c.local('names', ['a', 'b']);
                const disk = c.resource('terraform_data', 'disk', { input: { size, names } });
                const many = c.resource('terraform_data', 'many', { input: expression('each.key') }, {
                  forEach: ['x', 'y'],
                  dependsOn: [disk],
                  lifecycle: { createBeforeDestroy: true, ignoreChanges: ['triggers_replace'], replaceTriggeredBy: [disk],
                    preconditions: [{ condition: expression('length(local.names) == 2'), message: 'Two.' }] },
                  provisioners: [{ 'local-exec': { command: 'true' } }],
                });
                c.resource('terraform_data', 'counted', { input: expression('count.index') }, { count: 2 });
                c.output('size', disk.at('output', 'size'));
                c.output('second', disk.at('output', 'names', 1));
                c.output('x', many.at('x', 'output'));
                c.output('text', interpolate`${size} of ${call('join', '+', names)} "${'quoted'}" ${3}`);
                c.output('counted', expression('terraform_data.counted[*].output'), { description: 'All', dependsOn: [disk] });
                """))
        .isEqualTo(
            "{\"counted\":[0,1],\"second\":\"b\",\"size\":2,\"text\":\"2 of a+b \\\"quoted\\\" 3\",\"x\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${file(\"/etc/passwd\")}",
        "$${x}",
        "$$${x}",
        "%{ for x in y }%{ endfor }",
        "%%{x}",
        "a\\nb\\t\"quoted\" \\\\ back",
        "\\b\\f\\r\\u001b",
        "C:\\\\build\\\\format \\\\\\\\b",
        "$ { % {",
        "ü 🚀 \\u2028",
        "",
      })
  void texts_stay_as_they_are(String text) {
    var literal = "'" + text.replace("'", "\\'") + "'";
    assertThat(
            applied(
                """
                const text = %s;
                const a = c.resource('terraform_data', 'a', { input: text });
                const b = c.resource('terraform_data', 'b', { input: { [`k${text}`]: text } });
                c.output('same', call('alltrue', [expression('terraform_data.a.output == var.text'), expression('terraform_data.b.output["k${var.text}"] == var.text')]));
                c.variable('text', { type: 'string', default: text });
                c.output('called', expression('local.called == var.text && local.inside == "<${var.text}>"'));
                c.local('called', call('join', '', [text]));
                c.local('inside', interpolate`<${text}>`);
                c.local('nested', call('lookup', { [text]: text }, text));
                c.output('nested', expression('local.nested == var.text'));
                """
                    .formatted(literal)))
        .isEqualTo("{\"called\":true,\"nested\":true,\"same\":true}");
  }

  @Test
  void providers_backends_modules_and_moves_are_valid() throws IOException {
    user.write("infra/inner/main.tf", "variable \"n\" {}\noutput \"n\" { value = var.n }\n");
    assertThat(
            applied(
                """
                c.backend('local', { path: '${literal}.tfstate' });
                const inner = c.module('inner', './inner', { n: 3 }, { forEach: { one: 1 } });
                c.resource('terraform_data', 'new', {});
                c.moved('terraform_data.old', 'terraform_data.new');
                c.removed('terraform_data.gone', { destroy: false });
                c.import('terraform_data.new', 'some-id');
                c.output('n', inner.at('one', 'n'));
                """))
        .isEqualTo("{\"n\":3}");
    assertThat(dir.resolve("${literal}.tfstate")).exists();
  }

  @Test
  void providers_have_aliases() {
    assertThat(
            value(
                """
                c.require({ providers: { proxmox: { source: 'bpg/proxmox', version: '~> 0.111.1' } } });
                c.provider('proxmox', { endpoint: 'https://a:8006/' });
                const b = c.provider('proxmox', { alias: 'b', endpoint: 'https://b:8006/' });
                c.resource('proxmox_virtual_environment_vm', 'web', { cpu: [{ cores: 2 }] }, { provider: b });
                c.module('m', 'some/module/of', {}, { version: '1.0', providers: { proxmox: b } });
                const { providers, main } = c.toJSON();
                return [providers.provider.proxmox.length, main.resource.proxmox_virtual_environment_vm.web.provider, main.module.m.providers];
                """))
        .isEqualTo("[2,\"proxmox.b\",{\"proxmox\":\"proxmox.b\"}]");
  }

  @Test
  void a_second_time_nothing_changes_and_what_is_no_longer_declared_goes() throws IOException {
    assertThat(
            value(
                """
                c.resource('terraform_data', 'a', {});
                c.output('n', 1);
                const first = await c.write(dir);
                const second = await c.write(dir);
                const less = configuration();
                less.resource('terraform_data', 'a', {});
                const third = await less.write(dir, { makefile: false });
                return [first.changed, second.changed, third.files.map(({ name, change }) => `${name} ${change}`)];
                """))
        .isEqualTo(
            "[true,false,[\"main.tf.json unchanged\",\"Makefile removed\",\"outputs.tf.json removed\"]]");
    assertThat(Files.readString(dir.resolve("main.tf.json")))
        .isEqualTo(
            """
            {
              "//": "Made by Hearth: what is changed here is lost.",
              "resource": {
                "terraform_data": {
                  "a": {}
                }
              }
            }
            """);
  }

  @Test
  void files_of_others_stay() {
    user.write("infra/main.tf.json", "{}").write("infra/Makefile", "all:\n");
    assertThat(
            failure(
                "c.resource('terraform_data', 'a', {}); await c.write(dir, { makefile: false });"))
        .contains("terraform.file-foreign", "main.tf.json");
    assertThat(failure("c.output('a', 1); await c.write(dir);")) // the Makefile is in the way, too
        .contains("terraform.file-foreign", "Makefile");
    assertThat(value("c.output('a', 1); return (await c.write(dir, { makefile: false })).changed;"))
        .isEqualTo("true");
    assertThat(dir.resolve("Makefile")).hasContent("all:");
  }

  @Test
  void people_without_hearth_use_the_makefile() throws Exception {
    value(
        """
        c.variable('size', { type: 'number' });
        c.output('size', expression('var.size'));
        await c.write(dir, { variables: { size: 7 } });
        """);
    for (var target : new String[] {"validate", "plan", "apply", "output"}) {
      var make = new ProcessBuilder("make", target).directory(dir.toFile());
      make.redirectErrorStream(true).environment().put("CHECKPOINT_DISABLE", "1");
      var process = make.start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      if (target.equals("output")) {
        assertThat(said).contains("size = 7");
      }
    }
    assertThat(dir.resolve("plan.out")).doesNotExist();
  }

  @Test
  void the_texts_are_had_without_a_grant() {
    assertThat(
            user.value(
                "const c = configuration(); c.output('a', 1); return Object.keys(c.files());",
                new String[0]))
        .isEqualTo("[\"outputs.tf.json\",\"Makefile\"]");
  }

  @Test
  void writing_needs_the_folder() {
    assertThat(
            user.failure(
                "const c = configuration(); c.output('a', 1); await c.write('%s');".formatted(dir),
                "terraform:write"))
        .contains("permission.");
    assertThat(dir).doesNotExist();
  }

  @Test
  void data_that_looks_like_an_expression_is_none() {
    assertThat(
            value(
                """
                const data = JSON.parse('{ "expression": "file(\\\\"/etc/shadow\\\\")" }');
                c.resource('terraform_data', 'a', { input: data });
                return c.toJSON().main.resource.terraform_data.a.input;
                """))
        .isEqualTo("{\"expression\":\"file(\\\"/etc/shadow\\\")\"}");
  }

  /** As a date does, and handles do. */
  @Test
  void what_gives_itself_as_a_text_is_a_text_within_expressions_too() {
    assertThat(
            applied(
                """
                c.local('joined', call('join', '', [new Date(0), { toJSON: () => 'file("/etc/shadow")' }]));
                c.output('joined', expression('local.joined'));
                """))
        .isEqualTo("{\"joined\":\"1970-01-01T00:00:00.000Zfile(\\\"/etc/shadow\\\")\"}");
  }

  @Test
  void secrets_stay_out_of_files() {
    user.write(
        "made/main.tf",
        """
        output "p" {
          value     = "geheim"
          sensitive = true
        }
        """);
    var password =
        """
        const made = terraform({ dir: '%s' });
        await made.init();
        await (await made.plan()).apply();
        const { p } = await made.output();
        """
            .formatted(user.path().resolve("made"));
    for (var use :
        List.of(
            "c.resource('terraform_data', 'a', { input: { password: p } });",
            "c.variable('password'); await c.write(dir, { variables: { password: p } });")) {
      assertThat(
              user.failure(
                  with(password + use),
                  "terraform:write",
                  "read=" + user.path(),
                  "write=" + user.path()))
          .contains("password", "sensitive variable")
          .doesNotContain("geheim");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "c.resource('a b', 'x', {}) | The name 'a b' of a resource",
        "c.resource('a', '-x', {}) | The name '-x' of a resource",
        "c.resource('a', 'x', {}); c.resource('a', 'x', {}) | declared already",
        "c.resource('a', 'x', {}, { depends_on: [] }) | no option `depends_on`",
        "c.resource('a', 'x', {}, { dependsOn: ['a.b[${x}]'] }) | no address",
        "c.resource('a', 'x', {}, { lifecycle: { ignoreChanges: ['a}'] } }) | no attribute",
        "c.resource('a', 'x', { n: NaN }) | a.x.n",
        "c.resource('a', 'x', { n: [1, () => 2] }) | a.x.n[1]",
        "c.resource('a', 'x', { n: new Map() }) | a.x.n",
        "const loop = {}; loop.loop = loop; c.resource('a', 'x', loop) | or in itself",
        "c.output('o', `${expression('var.x')}`) | it is no text",
        "expression('a } b') | `}` ends it",
        "expression('a # b') | `#` ends it",
        "expression('f(') | not closed",
        "expression('') | there is nothing",
        "c.variable('v', { type: 'strings' }) | there is none like it",
        "c.variable('v', { type: 'string) }' }) | ends it",
        "c.variable('v', { type: 'list(' }) | not closed",
        "c.variable('v', { default: expression('1') }) | nothing is computed there",
        "c.variable('v', { validations: [{ condition: 'true', message: 'x' }] }) | it is no expression",
        "c.backend('pg'); c.backend('s3') | has one already",
        "c.provider('p'); c.provider('p') | configured already",
        "c.variable('n', { type: 'number' }); c.files({ variables: { n: 'many' } }) | `n` does not fit",
        "c.variable('n'); c.files({ variables: { m: 1 } }) | has no variable `m`",
        "c.files({ makefiles: true }) | no option `makefiles`",
        "call('f(', 1) | of a function",
      })
  void what_is_wrong_is_told_where_it_is(String body, String said) {
    assertThat(failure(body + ";")).contains(said);
  }
}
