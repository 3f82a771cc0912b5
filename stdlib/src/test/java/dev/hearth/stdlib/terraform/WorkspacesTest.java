package dev.hearth.stdlib.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.stdlib.UserHome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces, tests, the graph and the providers, by the real program. */
class WorkspacesTest {
  private UserHome user;
  private Path dir;

  @BeforeEach
  void start(@TempDir Path home) {
    dir = home.resolve("infra");
    user =
        new UserHome(home, "terraform")
            .variable("PATH", String.valueOf(System.getenv("PATH")))
            .write(
                "infra/main.tf",
                """
                variable "n" {
                  type    = number
                  default = 1
                }
                resource "terraform_data" "a" {
                  input = var.n
                }
                resource "terraform_data" "b" {
                  for_each = toset(["x y"])
                  input    = terraform_data.a.id
                }
                module "sub" {
                  source = "./sub"
                }
                output "n" {
                  value = terraform_data.a.output
                }
                """)
            .write("infra/sub/main.tf", "resource \"terraform_data\" \"in\" {}\n");
  }

  private String[] grants() {
    return new String[] {"terraform:write", "read=" + dir, "write=" + dir};
  }

  private JsonNode value(String body) throws IOException {
    var whole =
        "const infra = terraform({ dir: '%s' }); await infra.init();\n%s".formatted(dir, body);
    return TerraformProgram.MAPPER.readTree(user.value(whole, grants()));
  }

  @Test
  void workspaces_are_made_selected_and_deleted() throws IOException {
    assertThat(
            value(
                """
                const { workspaces } = infra;
                await workspaces.create('dev');
                await workspaces.select('prod', { create: true });
                await workspaces.select('dev', { create: true });
                const list = await workspaces.list();
                await terraform({ dir: '%1$s', workspace: 'prod' }).state.push(
                  JSON.stringify({ version: 4, serial: 7, lineage: 'x', outputs: {}, resources: [] }));
                const inProd = String(await terraform({ dir: '%1$s', workspace: 'prod' }).state.pull());
                const errors = [];
                for (const work of [() => workspaces.create('dev'), () => workspaces.select('no'), () => workspaces.delete('dev')]) {
                  try { await work(); } catch ({ code }) { errors.push(code); }
                }
                await workspaces.select('default');
                await workspaces.delete('dev');
                return [list, inProd, errors, (await workspaces.list()).map(({ name }) => name)];
                """
                    .formatted(dir)))
        .hasToString(
            "[[{\"name\":\"default\",\"selected\":false},{\"name\":\"dev\",\"selected\":true},{\"name\":\"prod\",\"selected\":false}],"
                + "\"***\",[\"terraform.failed\",\"terraform.failed\",\"terraform.failed\"],[\"default\",\"prod\"]]");
  }

  @Test
  void tests_are_told_by_file_and_run() throws IOException {
    user.write(
        "infra/tests/a.tftest.hcl",
        """
        run "good" {
          assert {
            condition     = output.n == 1
            error_message = "not one"
          }
        }
        run "bad" {
          variables {
            n = 2
          }
          assert {
            condition     = output.n == 1
            error_message = "not one"
          }
        }
        """);
    user.write("infra/tests/b.tftest.hcl", "run \"planned\" {\n  command = plan\n}\n");

    assertThat(
            value(
                """
                const { status, passed, failed, errored, skipped, files } = await infra.test();
                const { files: one, status: only } = await infra.test({ files: ['tests/b.tftest.hcl'], variables: { n: 5 } });
                return [[status, passed, failed, errored, skipped], files.map(({ path, status, runs }) => [path, status, runs.map(
                  ({ name, status, diagnostics }) => [name, status, ...diagnostics.map(({ detail, file, line }) => [detail, file, line])])]), one.length, only];
                """))
        .hasToString(
            "[[\"fail\",2,1,0,0],[[\"tests/a.tftest.hcl\",\"fail\",[[\"good\",\"pass\"],[\"bad\",\"fail\",[\"not one\",\"tests/a.tftest.hcl\",12]]]],"
                + "[\"tests/b.tftest.hcl\",\"pass\",[[\"planned\",\"pass\"]]]],1,\"pass\"]");
    user.write("infra/tests/c.tftest.hcl", "run \"broken\" {");
    assertThat(user.failure("return terraform({ dir: '%s' }).test();".formatted(dir), grants()))
        .startsWith("terraform.failed: Terraform cannot test `%s`: ".formatted(dir));
  }

  @Test
  void the_graph_has_the_resources_and_what_each_needs() throws IOException {
    assertThat(value("return infra.graph();"))
        .hasToString(
            "{\"nodes\":[\"terraform_data.a\",\"terraform_data.b\",\"module.sub.terraform_data.in\"],"
                + "\"edges\":[{\"from\":\"terraform_data.b\",\"to\":\"terraform_data.a\"}]}");
  }

  @Test
  void the_providers_are_those_of_the_lock_file(@TempDir Path home) throws IOException {
    assertThat(value("return infra.providers();")).hasToString("[]");
    dir = home.resolve("infra");
    user = LabProvider.of(new UserHome(home, "terraform"));
    user.write("infra/main.tf", LabProvider.REQUIRED);
    assertThat(value("return infra.providers();"))
        .hasToString("[{\"source\":\"lab.test/hearth/lab\",\"version\":\"1.0.0\"}]");
  }

  @Test
  void a_drawing_of_something_else_is_no_graph() {
    assertThat(Graph.read("digraph G {\n  \"a\" -> \"b\";\n}\n")).as("b is nowhere").isEmpty();
    assertThat(Graph.read("digraph G {\n  \"a\" [color=red];\n}\n")).isEmpty();
    assertThat(Graph.read("")).isEmpty();
    assertThat(Graph.read("digraph G {\n  \"a[\\\"k\\\"]\" [label=\"a\"];\n}\n"))
        .hasValueSatisfying(graph -> assertThat(graph.nodes()).containsExactly("a[\"k\"]"));
  }
}
