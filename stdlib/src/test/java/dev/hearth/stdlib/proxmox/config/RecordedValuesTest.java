package dev.hearth.stdlib.proxmox.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hearth.stdlib.proxmox.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every value that a real server was given: refused in the same words, or taken. */
class RecordedValuesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ERRORS = "Parameter verification failed. | errors: ";

  /** The table shows this many characters of a value. */
  private static final int CUT = 400;

  private record Row(String key, String value, int status, String outcome) {}

  @Test
  void values_are_refused_and_taken_as_a_real_server_does() throws IOException {
    var file = Reference.find("more/roundtrip-qemu.tsv");
    Assumptions.assumeTrue(file.isPresent(), "no recordings here");
    var differences = new ArrayList<String>();
    var compared = 0;
    for (var row : rows(file.orElseThrow())) {
      var key = QemuKeys.ofVersion(8).find(row.key);
      if (key.isEmpty() || row.value.isEmpty() || row.value.length() >= CUT) {
        continue;
      }
      compared++;
      var expected = expectedProblem(row);
      var problem = key.get().type().problem(row.value, row.key);
      if (!problem.equals(expected)) {
        differences.add(row + "\n  ours: " + problem + "\n  real: " + expected);
      }
    }
    System.out.println(
        "Recorded values judged alike: " + (compared - differences.size()) + "/" + compared);
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(350);
  }

  /** What the schema alone said; refusals that need a world are taken values here. */
  private static Optional<String> expectedProblem(Row row) throws IOException {
    if (row.status != 400 || !row.outcome.startsWith(ERRORS)) {
      return Optional.empty();
    }
    var errors = JSON.readTree(row.outcome.substring(ERRORS.length()).replace("\\\\", "\\"));
    var text = errors.path(row.key).asText("");
    return text.isEmpty() || text.equals("unable to parse drive options")
        ? Optional.empty()
        : Optional.of(text);
  }

  private static List<Row> rows(Path file) throws IOException {
    var rows = new ArrayList<Row>();
    for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
      var cells = line.split("\t", -1);
      rows.add(new Row(cells[0], unescape(cells[1]), Integer.parseInt(cells[3]), cells[4]));
    }
    return rows;
  }

  private static String unescape(String cell) {
    return cell.replace("\\n", "\n").replace("\\r", "\r");
  }
}
