package dev.hearth.stdlib.proxmox.sim.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.proxmox.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every value that a real server was given: what it then shows, or how it says no. */
class RecordedRoundTripTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The table shows this many characters of a value. */
  private static final int CUT = 400;

  private record Row(
      String key, String value, String user, int status, String outcome, String side) {
    static Row of(String line) {
      var cells = line.split("\t", -1);
      return new Row(
          cells[0],
          cells[1].replace("\\n", "\n").replace("\\r", "\r"),
          cells[2].equals("deploy") ? Lab.ADMIN : Lab.ROOT,
          Integer.parseInt(cells[3]),
          cells[4],
          cells[5]);
    }
  }

  @Test
  void values_of_vms_read_back_and_are_refused_as_by_a_real_server() throws IOException {
    compareAll("more/roundtrip-qemu.tsv", RecordedRoundTripTest::labOfVms);
  }

  @Test
  void values_of_containers_read_back_and_are_refused_as_by_a_real_server() throws IOException {
    compareAll("more/roundtrip-lxc.tsv", RecordedRoundTripTest::labOfContainers);
  }

  private static void compareAll(String table, Supplier<Lab> labs) throws IOException {
    var file = Reference.find(table);
    Assumptions.assumeTrue(file.isPresent(), "no recordings here");
    var differences = new ArrayList<String>();
    var rows = Files.readAllLines(file.get()).stream().skip(1).map(Row::of).toList();
    var compared = 0;
    for (var row : rows) {
      if (row.value.length() < CUT) {
        compared++;
        compare(row, labs.get()).forEach(differences::add);
      }
    }
    System.out.println(
        table
            + ": answered alike "
            + (compared - differences.size())
            + " of "
            + compared
            + " (of "
            + rows.size()
            + " rows)");
    assertThat(differences).isEmpty();
  }

  private static Lab labOfVms() {
    var lab = Lab.open();
    lab.call(
            "POST",
            "",
            "vmid=800",
            "name=rt800",
            "memory=512",
            "cores=1",
            "scsihw=virtio-scsi-single",
            "boot=")
        .exit();
    lab.call("POST", "", "vmid=801", "scsi0=local:1").exit();
    lab.call("POST", "", "vmid=810", "scsi0=local:1").exit();
    return lab;
  }

  private static Lab labOfContainers() {
    var lab = Lab.open().containers();
    for (var vmid : List.of("800", "801")) {
      var made =
          lab.call(
              "POST",
              "",
              "vmid=" + vmid,
              "ostemplate=local:vztmpl/alpine-3.19_3.19.0_amd64.tar.zst",
              "hostname=rt" + vmid,
              "rootfs=local:1",
              "unprivileged=1");
      assertThat(made.exit()).isEqualTo("OK");
    }
    return lab;
  }

  private static List<String> compare(Row row, Lab lab) throws IOException {
    var before = lab.config(800);
    var answer = lab.as(row.user).call("PUT", "/800/config", row.key + "=" + row.value);
    var after = lab.config(800);
    var ours = answer.status() == 200 ? shown(after, row.key) : refused(answer);
    var real = row.outcome.replace("\\\\", "\\");
    if (answer.status() != row.status || !sameText(row, ours, real)) {
      return List.of(row + "\n  ours: " + answer.status() + " " + ours + "\n  real: " + real);
    }
    return row.status == 200 ? sideEffects(row, before, after) : List.of();
  }

  private static String refused(Lab.Outcome answer) throws IOException {
    var errors = answer.body().path("errors");
    return errors.isMissingNode()
        ? answer.reason()
        : answer.reason() + " | errors: " + JSON.writeValueAsString(errors);
  }

  private static String shown(JsonNode config, String key) {
    return config.has(key) ? config.get(key).toString() : "(not in config)";
  }

  private static boolean sameText(Row row, String ours, String real) throws IOException {
    if (row.status == 400) {
      return errors(ours).equals(errors(real));
    }
    return generated(ours).equals(generated(real));
  }

  private static JsonNode errors(String text) throws IOException {
    var at = text.indexOf("errors: ");
    return at < 0 ? JSON.missingNode() : JSON.readTree(text.substring(at + "errors: ".length()));
  }

  /** Addresses that the server makes differ from run to run, and so do the numbers of disks. */
  private static String generated(String text) {
    return text.replaceAll("BC:24:11(:[0-9A-F]{2}){3}", "MAC");
  }

  private static List<String> sideEffects(Row row, JsonNode before, JsonNode after)
      throws IOException {
    var effects = row.side;
    var different = new ArrayList<String>();
    var gone = effects.indexOf("gone:");
    if (gone >= 0) {
      for (var key : effects.substring(gone + "gone:".length()).split(",", -1)) {
        if (after.has(key.strip())) {
          different.add(row + "\n  ours keeps " + key);
        }
      }
      effects = effects.substring(0, gone).strip();
    }
    var expected = effects.isEmpty() ? JSON.createObjectNode() : JSON.readTree(effects);
    expected
        .properties()
        .forEach(
            e -> {
              if (!e.getValue().toString().equals(after.path(e.getKey()).toString())) {
                different.add(row + "\n  ours: " + after.get(e.getKey()) + "\n  real: " + e);
              }
            });
    after
        .properties()
        .forEach(
            e -> {
              var key = e.getKey();
              var changed = !e.getValue().equals(before.get(key));
              if (changed && !key.equals("digest") && !key.equals(row.key) && !expected.has(key)) {
                different.add(row + "\n  ours also changes " + e);
              }
            });
    return different;
  }
}
