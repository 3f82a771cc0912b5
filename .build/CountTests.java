import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Adds up the test reports of all modules and names what was skipped and why: {@code java
 * CountTests.java ROOT [SINCE]}. Reports older than SINCE (ISO 8601) belong to tests that no longer
 * exist and are left out. What was skipped as "external: …" meets a program that only some people
 * have, and is named apart. So is what failed and passed when it was tried once more.
 */
final class CountTests {
  private static final String EXTERNAL = "external: ";

  private int run;
  private int failed;
  private final List<String> skipped = new ArrayList<>();
  private final List<String> external = new ArrayList<>();
  private final List<String> flaky = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Instant since = args.length > 1 ? Instant.parse(args[1]) : Instant.EPOCH;
    CountTests count = new CountTests();
    for (Path report : reports(root, since)) {
      count.add(report);
    }
    System.out.printf(
        "Tests: %d run, %d failed, %d skipped, %d external not run%n",
        count.run, count.failed, count.skipped.size(), count.external.size());
    count.skipped.forEach(line -> System.out.println("skipped: " + line));
    count.external.forEach(System.out::println);
    count.flaky.forEach(name -> System.out.println("flaky: " + name));
  }

  private static List<Path> reports(Path root, Instant since) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String module : List.of("runtime", "stdlib", "recipes", "repl")) {
      Path folder = root.resolve(module).resolve("target/surefire-reports");
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          String name = file.getFileName().toString();
          if (name.startsWith("TEST-")
              && name.endsWith(".xml")
              && !Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }

  private void add(Path report) throws Exception {
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
    NodeList cases = document.getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element test = (Element) cases.item(i);
      run++;
      if (test.getElementsByTagName("failure").getLength() > 0
          || test.getElementsByTagName("error").getLength() > 0) {
        failed++;
      }
      if (test.getElementsByTagName("flakyFailure").getLength() > 0
          || test.getElementsByTagName("flakyError").getLength() > 0) {
        flaky.add(name(test));
      }
      NodeList skip = test.getElementsByTagName("skipped");
      if (skip.getLength() > 0) {
        String reason = ((Element) skip.item(0)).getAttribute("message");
        if (reason.startsWith(EXTERNAL)) {
          external.add(EXTERNAL + name(test) + ": " + reason.substring(EXTERNAL.length()));
        } else {
          skipped.add(name(test) + ": " + reason);
        }
      }
    }
  }

  private static String name(Element test) {
    return test.getAttribute("classname") + "." + test.getAttribute("name");
  }
}
