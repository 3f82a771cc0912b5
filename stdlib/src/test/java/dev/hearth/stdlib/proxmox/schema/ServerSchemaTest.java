package dev.hearth.stdlib.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.HearthException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a call before it is sent, by a schema in the form that servers serve. */
class ServerSchemaTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String SCRIPT =
      """
      const apiSchema = [
        { "path": "/nodes", "text": "nodes", "leaf": 0, "children": [
          { "path": "/nodes/{node}", "children": [
            { "path": "/nodes/{node}/qemu", "info": { "POST": {
              "method": "POST", "name": "create_vm", "description": "Create a VM.",
              "parameters": { "additionalProperties": 0, "properties": {
                "node": { "type": "string", "format": "pve-node" },
                "vmid": { "type": "integer", "format": "pve-vmid", "minimum": 100 },
                "description": { "type": "string", "optional": 1, "maxLength": 8, "description": "x" },
                "memory": { "type": "integer", "optional": 1, "minimum": 16 },
                "onboot": { "type": "boolean", "optional": 1 },
                "cpulimit": { "type": "number", "optional": 1, "maximum": 128 },
                "scsihw": { "type": "string", "optional": 1, "enum": ["lsi", "virtio-scsi-pci"] },
                "force": { "type": "boolean", "optional": 1, "requires": "archive" },
                "archive": { "type": "string", "optional": 1 },
                "tags": { "type": "array", "optional": 1, "items": { "type": "integer" } },
                "serial": { "type": "string", "optional": 1, "pattern": "(a+)+$" },
                "scsi[n]": { "type": "string", "optional": 1, "format": {
                  "file": { "type": "string", "default_key": 1 },
                  "volume": { "alias": "file" },
                  "ssd": { "type": "boolean", "optional": 1 },
                  "queues": { "type": "integer", "minimum": 2, "optional": 1 } } }
              } } } } }
          ] }
        ] }
      ]
      ;
      Ext.onReady(function() { throw 'this is never run'; });
      """;

  private final ServerSchema schema = ServerSchema.of(SchemaScript.tree(SCRIPT));

  private Collection<String> problems(String params) throws Exception {
    var found = schema.find("POST", List.of("nodes", "pve", "qemu")).orElseThrow();
    var sent = (ObjectNode) JSON.readTree(params.replace('\'', '"'));
    return found.method().problems(sent, found.given()).values();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'vmid': 100}",
        "{'vmid': '100', 'scsi0': 'local:8,ssd=1', 'scsi13': 'volume=local:8,ssd=on,queues=2'}",
        "{'vmid': 100, 'onboot': true, 'cpulimit': 1.5, 'memory': null, 'description': ''}",
        "{'vmid': 100, 'force': 1, 'archive': '-', 'tags': [1, '2'], 'scsihw': 'lsi'}"
      })
  void what_the_server_takes_is_not_refused(String params) throws Exception {
    assertThat(problems(params)).isEmpty();
  }

  @Test
  void all_that_is_wrong_is_told_at_once_and_no_value_with_it() throws Exception {
    assertThat(
            problems(
                """
                {'memroy': 512, 'memory': 8, 'onboot': 'secret', 'cpulimit': 200,
                 'scsihw': 'lsi2', 'force': 1, 'tags': [1, 'secret'], 'description': 'secret-secret'}
                """))
        .containsExactly(
            "there is no `memroy` (did you mean `memory`?)",
            "`memory` is less than 16",
            "`onboot` is neither true nor false",
            "`cpulimit` is more than 128",
            "`scsihw` is none of `lsi`, `virtio-scsi-pci` (did you mean `lsi`?)",
            "`force` needs `archive`",
            "`tags` is not a whole number",
            "`description` is longer than 8 characters",
            "`vmid` is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local:8,ssdd=1 | `scsi0` has no option `ssdd` (did you mean `ssd`?)",
        "local:8,queues=1 | `scsi0` has an option `queues` that is less than 2",
        "local:8,ssd=maybe | `scsi0` has an option `ssd` that is neither true nor false",
        "local:8,x\u001b[2J=1 | `scsi0` has no option `x\uFFFD[2J`"
      })
  void options_of_property_strings_are_looked_at(String example) throws Exception {
    var parts = example.split(" \\| ", 2);
    var sent = JSON.createObjectNode().put("vmid", 100).put("scsi0", parts[0]);
    assertThat(problems(sent.toString())).containsExactly(parts[1]);
  }

  @Test
  void a_numbered_parameter_needs_its_number() throws Exception {
    assertThat(problems("{'vmid': 100, 'scsi': 'local:8'}"))
        .containsExactly("there is no `scsi` (did you mean `scsi0`?)");
    assertThat(problems("{'vmid': 100, 'scsi[n]': 'local:8'}"))
        .containsExactly("there is no `scsi[n]`");
    assertThat(problems("{'vmid': 100, 'scsi007': 'local:8'}"))
        .containsExactly("there is no `scsi007`");
  }

  @Test
  void a_method_that_the_server_does_not_tell_of_is_left_to_it() {
    assertThat(schema.find("PUT", List.of("nodes", "pve", "qemu"))).isEmpty();
    assertThat(schema.find("POST", List.of("nodes", "pve", "lxc"))).isEmpty();
    assertThat(schema.find("POST", List.of("nodes", "pve", "qemu", "100", "x"))).isEmpty();
  }

  @Test
  void a_pattern_that_would_take_for_ever_is_not_matched() {
    var hostile = "{'vmid': 100, 'serial': '" + "a".repeat(5000) + "!'}";
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(problems(hostile)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>not here</html>",
        "const apiSchema = [",
        "const apiSchema = [}]",
        "const apiSchema = load('x');",
        "alert(1); const apiSchema = [];",
        "const apiSchema = [{\"path\": \"nodes\"}];",
        "const apiSchema = [{\"path\": \"/a\", \"children\": 7}];"
      })
  void what_is_no_schema_is_refused(String script) {
    var failure =
        catchThrowableOfType(
            HearthException.class, () -> ServerSchema.of(SchemaScript.tree(script)));
    assertThat(failure.id()).isEqualTo("proxmox.schema-unreadable");
  }

  @Test
  void a_tree_as_deep_as_a_well_and_a_name_that_is_none_are_refused() {
    var well = "[{\"path\":\"/a\",\"children\":".repeat(200) + "[]" + "}]".repeat(200);
    var name = SCRIPT.replace("\"memory\"", "\"memory`\\u001b[2J\"");
    for (var script : Arrays.asList("const apiSchema = " + well + ";", name)) {
      var failure =
          catchThrowableOfType(
              HearthException.class, () -> ServerSchema.of(SchemaScript.tree(script)));
      assertThat(failure.id()).isEqualTo("proxmox.schema-unreadable");
    }
  }
}
