package dev.hearth.stdlib.proxmox.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class ApiTypesTest {
  private static String types(String tree) throws JsonProcessingException {
    return ApiTypes.of(JsonMapper.builder().build().readTree(tree));
  }

  @Test
  void paths_are_members_places_are_calls_and_verbs_take_what_the_path_does_not_give()
      throws Exception {
    assertThat(
            types(
                """
                [ { "path": "/nodes", "info": { "GET": { "parameters": {} } }, "children": [
                  { "path": "/nodes/{node}/qemu", "info": { "POST": { "parameters": { "properties": {
                    "node": { "type": "string" },
                    "vmid": { "type": "integer" },
                    "net[n]": { "type": "string", "optional": 1 },
                    "bios": { "type": "string", "enum": ["seabios", "ovmf"], "optional": 1 },
                    "tags": { "type": "string", "format": "pve-tag-list", "optional": 1 },
                    "agent-on": { "type": "boolean", "optional": 1 } } } } } } ] } ]
                """))
        .isEqualTo(
            """
            // The API of a Proxmox VE as this server tells of it itself.
            import 'hearth:proxmox';

            type Flag = boolean | 0 | 1;
            type Text = string | number;

            declare module 'hearth:proxmox' {
              interface KnownApi {
                readonly nodes: {
                  get(): Promise<any>;
                  (node: Text): {
                    readonly qemu: {
                      post(params: { vmid: Text; [index: `net${number}`]: Text | null; bios?: 'seabios' | 'ovmf' | null; tags?: Text | readonly Text[] | null; 'agent-on'?: Flag | null }): Promise<any>;
                      create(params: { vmid: Text; [index: `net${number}`]: Text | null; bios?: 'seabios' | 'ovmf' | null; tags?: Text | readonly Text[] | null; 'agent-on'?: Flag | null }): Promise<any>;
                    };
                  };
                };
              }
            }
            """);
  }

  @Test
  void what_a_server_tells_stays_in_its_quotes() throws Exception {
    assertThat(
            types(
                """
                [ { "path": "/a'; } } export const x = 1; \\\\", "info": { "GET": { "parameters": { "properties": {
                  "b": { "type": "string", "enum": ["c' | any; //\\nd", "\\\\"] } } } } } } ]
                """))
        .contains("readonly 'a\\'; } } export const x = 1; \\\\': {")
        .contains("b: 'c\\' | any; //\uFFFDd' | '\\\\'");
  }
}
