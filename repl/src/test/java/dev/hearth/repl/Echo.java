package dev.hearth.repl;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorReport;
import dev.hearth.runtime.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * A fake session: it answers {@code rows}, {@code many}, {@code fail} and {@code wait}, and repeats
 * all else. What ends with an open bracket is incomplete.
 */
final class Echo implements Evaluator {
  final List<String> sources = new ArrayList<>();
  final List<String> evaluated = new ArrayList<>();
  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch interrupted = new CountDownLatch(1);

  @Override
  public boolean isIncomplete(String typed) {
    return typed.chars().filter(c -> c == '{').count()
        > typed.chars().filter(c -> c == '}').count();
  }

  @Override
  public Evaluation evaluate(String typed, String source) throws InterruptedException {
    evaluated.add(typed);
    sources.add(source);
    return switch (typed) {
      case "rows" -> rows();
      case "many" -> many();
      case "fail" -> new Evaluation(null, null, false, error("ReferenceError: x is not defined"));
      case "exit", "quit", "help", "clear" ->
          new Evaluation(null, null, false, error("ReferenceError: " + typed + " is not defined"));
      case "wait" -> {
        waiting.countDown();
        interrupted.await();
        yield new Evaluation(null, null, false, error("The evaluation was interrupted."));
      }
      case "let x" -> new Evaluation(null, null, false, null);
      default -> new Evaluation(typed, null, false, null);
    };
  }

  private static Evaluation rows() {
    var rows = JsonNodeFactory.instance.arrayNode();
    rows.add(row(100, "web"));
    rows.add(row(9000, "debian-12"));
    return new Evaluation("[ { vmid: 100, … }, … ]", rows, true, null);
  }

  private static Evaluation many() {
    var numbers = JsonNodeFactory.instance.arrayNode();
    IntStream.range(0, 250).forEach(numbers::add);
    return new Evaluation("[\n  0,\n  ... 249 more\n]", numbers, true, null);
  }

  private static ObjectNode row(int vmid, String name) {
    return JsonNodeFactory.instance.objectNode().put("vmid", vmid).put("name", name);
  }

  private static ErrorReport error(String message) {
    return new ErrorReport(
        "recipe.error", ErrorKind.RECIPE, message, null, null, Map.of(), List.of(), List.of());
  }

  @Override
  public void interrupt() {
    interrupted.countDown();
  }

  @Override
  public List<String> globals() {
    return List.of("console", "consider", "proxmox");
  }

  @Override
  public List<String> members(List<String> chain) {
    return switch (String.join(" ", chain)) {
      case "console" -> List.of("log", "error");
      case "pve api nodes ('pve') qemu (100)" -> List.of("config");
      default -> List.of();
    };
  }

  @Override
  public List<String> modules() {
    return List.of("hearth:log", "hearth:proxmox");
  }
}
