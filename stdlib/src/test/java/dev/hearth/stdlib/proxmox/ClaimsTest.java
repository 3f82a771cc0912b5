package dev.hearth.stdlib.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each call will lock, as far as it says so. A dash stands for nothing. */
class ClaimsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /nodes/pve/qemu/100/config         | {}                                    | -
          POST   | /nodes/pve/qemu                    | {"vmid":100,"name":"a"}               | node pve
          POST   | /nodes/pve/qemu                    | {"scsi0":"fast:8,ssd=1","ide2":"local:cloudinit"} | node pve, storage fast, storage local
          POST   | /nodes/pve/qemu                    | {"scsi0":"fast:0,import-from=local:import/a.qcow2"} | node pve, storage fast
          POST   | /nodes/pve/qemu                    | {"ide2":"local:iso/a.iso,media=cdrom"} | node pve
          POST   | /nodes/pve/lxc                     | {"rootfs":"volume=fast:4"}            | node pve, storage fast
          POST   | /nodes/pve/qemu/9000/clone         | {"newid":1,"storage":"fast"}          | from 9000, node pve, storage fast
          POST   | /nodes/pve/qemu/100/config         | {"scsi1":"fast:1"}                    | guest 100, storage fast
          POST   | /nodes/pve/qemu/100/move_disk      | {"disk":"scsi0","storage":"fast"}     | guest 100, storage fast
          DELETE | /nodes/pve/qemu/100                | {}                                    | guest 100
          DELETE | /nodes/pve/lxc/200/snapshot/a      | {}                                    | guest 200
          POST   | /nodes/pve/qemu/100/status/stop    | {}                                    | -
          POST   | /nodes/pve/qemu/100/agent/exec     | {}                                    | -
          PUT    | /pools/lab                         | {}                                    | cluster pools
          """)
  void a_call_claims_what_it_names(String method, String path, String params, String lanes)
      throws IOException {
    var given = (ObjectNode) new JsonMapper().readTree(params);
    var claims = Claims.of(new ApiCall(method, ApiPath.parse(path), given));
    assertThat(claims.isEmpty() ? "-" : String.join(", ", claims)).isEqualTo(lanes);
  }
}
