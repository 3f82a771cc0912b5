package dev.hearth.stdlib.proxmox.sim;

import dev.hearth.runtime.HearthException;
import dev.hearth.stdlib.proxmox.sim.api.CallFault;
import dev.hearth.stdlib.proxmox.sim.api.CallFault.Outcome;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault;
import dev.hearth.stdlib.proxmox.sim.task.TaskFault.Moment;
import dev.hearth.stdlib.proxmox.sim.world.GuestFault;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Faults as a person writes them: {@code METHOD PATH:WHAT[:COUNT]} for calls, {@code task
 * TYPE:WHAT[:COUNT]} for tasks, {@code guest NAME:WHAT} for what goes wrong inside of a VM, and
 * {@code node NAME:down} for a node that breaks down. Without a count one call or task fails.
 */
final class FaultText {
  private static final int MOST = 1000;
  private static final Pattern FORM =
      Pattern.compile("(?<verb>\\S+) +(?<of>[^:\\s]+):(?<what>.+?)(?::(?<count>\\d{1,4}))?");
  private static final Pattern METHOD = Pattern.compile("GET|POST|PUT|DELETE|\\*");
  private static final Pattern STATUS = Pattern.compile("(?<status>[45]\\d\\d)(?: +(?<why>.+))?");

  /** Named as what a client sees of them; the sentences are those of pveproxy. */
  private static final Map<String, Outcome> CALLS =
      Map.of(
          "timeout", new Outcome.Refuse(596, "Connection timed out"),
          "no-route", new Outcome.Refuse(595, "No route to host"),
          "dropped", new Outcome.Drop(),
          "lost", new Outcome.LoseAnswer());

  private static final Map<String, Moment> TASKS =
      Map.of("failed", Moment.BEFORE, "failed-after", Moment.AFTER);

  private FaultText() {}

  /** Where it happens. */
  interface Target {
    void call(CallFault fault);

    void task(TaskFault fault);

    void guest(GuestFault fault);

    /** A node breaks down. */
    void node(String name);
  }

  /**
   * Reads one fault and makes it happen.
   *
   * @throws HearthException {@code proxmox.fault-wrong}
   */
  static void apply(String text, Target target) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw wrong(text);
    }
    var count = form.group("count") == null ? 1 : Integer.parseInt(form.group("count"));
    if (count < 1 || count > MOST) {
      throw wrong(text);
    }
    if (form.group("verb").equals("guest")) {
      target.guest(
          GuestFault.Trouble.of(form.group("what"))
              .map(trouble -> new GuestFault(form.group("of"), trouble))
              .orElseThrow(() -> wrong(text)));
    } else if (form.group("verb").equals("node")) {
      if (!form.group("what").equals("down")) {
        throw wrong(text);
      }
      target.node(form.group("of"));
    } else if (form.group("verb").equals("task")) {
      var fault = taskFault(form).orElseThrow(() -> wrong(text));
      repeat(count, () -> target.task(fault));
    } else {
      var fault = callFault(form).orElseThrow(() -> wrong(text));
      repeat(count, () -> target.call(fault));
    }
  }

  private static Optional<TaskFault> taskFault(Matcher form) {
    return Optional.ofNullable(TASKS.get(form.group("what")))
        .map(moment -> new TaskFault(form.group("of"), moment, "failed as it was told to"));
  }

  private static Optional<CallFault> callFault(Matcher form) {
    var verb = form.group("verb");
    var path = form.group("of");
    if (!METHOD.matcher(verb).matches() || !path.startsWith("/")) {
      return Optional.empty();
    }
    return Optional.ofNullable(outcome(form.group("what")))
        .map(outcome -> new CallFault(verb, path.replaceFirst("^/api2/json(?=/)", ""), outcome));
  }

  private static @Nullable Outcome outcome(String what) {
    var status = STATUS.matcher(what);
    if (!status.matches()) {
      return CALLS.get(what);
    }
    var why = status.group("why");
    return new Outcome.Refuse(
        Integer.parseInt(status.group("status")), why == null ? "failed as it was told to" : why);
  }

  private static void repeat(int count, Runnable once) {
    for (int i = 0; i < count; i++) {
      once.run();
    }
  }

  private static HearthException wrong(String text) {
    return new HearthException(SimError.FAULT_WRONG, text);
  }
}
