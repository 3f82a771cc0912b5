package dev.hearth.runtime.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes from Node is told how it is done here. */
class NodeGlobalsTest {
  private final EngineFixture engine;

  NodeGlobalsTest(@TempDir Path folder) {
    engine = new EngineFixture(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "require('fs')|import { proxmox } from 'hearth:proxmox'",
        "module.exports|export default async function",
        "process.env.HOME|HEARTH_PARAM_NAME",
        "__dirname|import.meta.url",
        "Buffer.from('x')|Uint8Array",
      })
  void a_name_of_node_is_answered_with_ours(String code, String hint) {
    var error = requireNonNull(engine.run("export default () => " + code + ";").error());
    assertThat(error.message()).endsWith(" is not defined");
    assertThat(error.hint()).contains(hint);
    assertThat(error.location()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"unheardOf"})
  void another_name_is_the_authors_own_affair(String code) {
    assertThat(requireNonNull(engine.run("export default () => " + code + ";").error()).hint())
        .isNull();
  }
}
