package dev.hearth.stdlib.proxmox.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.proxmox.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every value that a real server took: what it reads back as is no difference to what was sent. */
class RecordedComparisonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The table shows this many characters of a value. */
  private static final int CUT = 400;

  /** Parameters of the call and no keys of a configuration. */
  private static final Set<String> NO_KEYS = Set.of("delete", "revert", "skiplock", "digest");

  private static final String ABSENT = "(not in config)";

  @Test
  void what_a_vm_reads_back_as_is_what_was_wanted() throws IOException {
    assertSame("more/roundtrip-qemu.tsv", QemuKeys.ofVersion(8), 240);
  }

  @Test
  void what_a_container_reads_back_as_is_what_was_wanted() throws IOException {
    assertSame("more/roundtrip-lxc.tsv", LxcKeys.ofVersion(8), 70);
  }

  private static void assertSame(String table, KeyTable keys, int atLeast) throws IOException {
    var file = Reference.find(table);
    Assumptions.assumeTrue(file.isPresent(), "no recordings here");
    var phantoms = new ArrayList<String>();
    var compared = 0;
    for (var cells : rows(file.get())) {
      var key = cells[0];
      var sent = cells[1].replace("\\n", "\n").replace("\\r", "\r");
      if (!cells[3].equals("200") || NO_KEYS.contains(key) || sent.length() >= CUT) {
        continue;
      }
      compared++;
      Map<String, @Nullable String> wanted = new HashMap<>();
      wanted.put(key, sent);
      var differences = new Comparison(keys, shown(cells)).differences(wanted);
      if (!differences.isEmpty()) {
        phantoms.add(key + "=" + sent + " reads back as " + cells[4] + ": " + differences);
      }
    }
    System.out.println(
        table + ": without a phantom " + (compared - phantoms.size()) + "/" + compared);
    assertThat(phantoms).isEmpty();
    assertThat(compared).isGreaterThan(atLeast);
  }

  private static Map<String, String> shown(String[] cells) throws IOException {
    var shown = new HashMap<String, String>();
    if (!cells[4].equals(ABSENT)) {
      shown.put(cells[0], JSON.readTree(cells[4].replace("\\\\", "\\")).asText());
    }
    var effects = cells[5].startsWith("{") ? cells[5].replaceFirst(" gone:.*", "") : "{}";
    JSON.readTree(effects).properties().forEach(e -> shown.put(e.getKey(), e.getValue().asText()));
    return shown;
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream().skip(1).map(line -> line.split("\t", -1)).toList();
  }
}
