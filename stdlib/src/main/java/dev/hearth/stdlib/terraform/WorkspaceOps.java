package dev.hearth.stdlib.terraform;

import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import dev.hearth.runtime.spi.Op;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Workspaces: states beside each other of one module. */
final class WorkspaceOps {
  /** Of what Terraform takes, what no backend, path or command line takes for something else. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.~-]{0,89}");

  private static final Pattern LISTED = Pattern.compile("([* ]) (\\S+)");

  private final TerraformProgram program;
  private final ModuleOps modules;

  WorkspaceOps(TerraformProgram program, ModuleOps modules) {
    this.program = program;
    this.modules = modules;
  }

  /** A name that can be one of a workspace. */
  static String usable(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new HearthException(
          TerraformError.OPTION_VALUE,
          "`" + VisibleText.of(name) + "`",
          "it is no name of a workspace (letters, digits, `_`, `-`, `.`, `~`)");
    }
    return name;
  }

  record In(Root root, @Nullable Duration timeout) {}

  /** A workspace, and whether it is the selected one. */
  record Workspace(String name, boolean selected) {}

  @Op
  List<Workspace> listWorkspaces(In request) {
    var work = work(request.root(), request.timeout(), "list the workspaces of", "list");
    var workspaces = new ArrayList<Workspace>();
    for (var line : program.text(work).lines().filter(each -> !each.isBlank()).toList()) {
      var listed = LISTED.matcher(line);
      if (!listed.matches()) {
        throw TerraformProgram.noAnswer(work);
      }
      workspaces.add(new Workspace(listed.group(2), listed.group(1).equals("*")));
    }
    return workspaces;
  }

  record Named(Root root, String name, @Nullable Duration timeout) {}

  /** Makes one and selects it. */
  @Op(writes = true)
  void createWorkspace(Named request) {
    program.text(
        work(
            request.root(),
            request.timeout(),
            "make a workspace of",
            "new",
            usable(request.name())));
  }

  /**
   * One to select.
   *
   * @param create whether it is made where it is not there
   */
  record Selected(Root root, String name, @Nullable Boolean create, @Nullable Duration timeout) {}

  @Op(writes = true)
  void selectWorkspace(Selected request) {
    var words = new ArrayList<>(List.of("select"));
    if (Boolean.TRUE.equals(request.create())) {
      words.add("-or-create");
    }
    words.add(usable(request.name()));
    program.text(
        work(
            request.root(),
            request.timeout(),
            "select a workspace of",
            words.toArray(String[]::new)));
  }

  /**
   * One to delete.
   *
   * @param force whether also with resources in its state, which are then nobody's
   */
  record Deleted(Root root, String name, @Nullable Boolean force, @Nullable Duration timeout) {}

  @Op(writes = true)
  void deleteWorkspace(Deleted request) {
    var words = new ArrayList<>(List.of("delete"));
    if (Boolean.TRUE.equals(request.force())) {
      words.add("-force");
    }
    words.add(usable(request.name()));
    program.text(
        work(
            request.root(),
            request.timeout(),
            "delete a workspace of",
            words.toArray(String[]::new)));
  }

  private TerraformProgram.Work work(
      Root root, @Nullable Duration timeout, String what, String... words) {
    var all = new ArrayList<>(List.of("workspace"));
    all.addAll(List.of(words));
    return root.ofAnyWorkspace().work(modules, what, all).timeout(timeout);
  }
}
