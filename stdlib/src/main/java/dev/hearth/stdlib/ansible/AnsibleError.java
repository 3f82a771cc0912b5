package dev.hearth.stdlib.ansible;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which a call of Ansible fails on purpose. */
enum AnsibleError implements ErrorCode {
  /** Arguments: the task, the host, what the module said. */
  TASK_FAILED(
      ErrorKind.SYSTEM,
      "Task `%s` failed on `%s`: %s.",
      "Look at `details.file` and `details.line`, correct that, and run the playbook again."),
  /** Arguments: the host, what was said. */
  UNREACHABLE(
      ErrorKind.SYSTEM,
      "Host `%s` is unreachable: %s.",
      "Check its address, user and key with `ssh`, and that it is up."),
  /** Arguments: what was said, the file, the line. */
  SYNTAX(
      ErrorKind.RECIPE,
      "Ansible cannot read the playbook: %s, at `%s` line %s.",
      "Correct that line, or the one before it."),
  /** Arguments: what was said. */
  REFUSED(
      ErrorKind.SYSTEM,
      "Ansible did not run the playbook: %s.",
      "Read `details.stderr`, which has all that it said."),
  /** Arguments: the exit status, what was said. */
  STOPPED(
      ErrorKind.SYSTEM,
      "Ansible ended with status %s before the playbook was done: %s.",
      "Read `details.stderr`; what was done before stays done."),
  /** Arguments: the program, what was said. */
  PROGRAM_FAILED(
      ErrorKind.SYSTEM, "`%s` failed: %s.", "Read `details.stderr`, which has all that it said."),
  /** Arguments: the program. */
  PROGRAM_ANSWER(
      ErrorKind.SYSTEM,
      "What `%s` printed is not what it prints in the versions that are known.",
      "Use ansible-core 2.14 or newer."),
  /** Arguments: the program. */
  PROGRAM_MISSING(
      ErrorKind.SYSTEM,
      "There is no `%s`.",
      "Install it with `hearth ansible install`, or as your system does, or name its folder with"
          + " `program`."),
  /** Arguments: what is to run, the Pythons that it takes, those that there are. */
  PYTHON_MISSING(
      ErrorKind.SYSTEM,
      "There is no Python on PATH that %s runs on: it takes %s, and there is %s.",
      "Install such a Python, or another version."),
  /** Arguments: the version of Python, its minor. */
  PYTHON_WITHOUT_VENV(
      ErrorKind.SYSTEM,
      "Python %s cannot make virtual environments.",
      "Install what it lacks: on Debian and Ubuntu `apt install python3.%2$s-venv`."),
  /** Arguments: what, what was said. */
  INSTALL_FAILED(
      ErrorKind.SYSTEM,
      "%s could not be installed: %s.",
      "Read `details.stderr`; check that the index answers and has it for this Python, or name one"
          + " with `--index`. Nothing was left."),
  /** Arguments: the version. */
  NOT_INSTALLED(
      ErrorKind.RECIPE,
      "Hearth has not installed ansible-core `%s`.",
      "Install it with `hearth ansible install`; `hearth ansible list` shows what there is."),
  /** Arguments: the file, the line. */
  PACKAGE_LOCK(
      ErrorKind.RECIPE,
      "`%s` has a line that is not NAME==VERSION with `--hash=sha256:…`: %s.",
      "Take the lock of an installation, or what `pip-compile --generate-hashes` writes."),
  /** Arguments: the repository, the name. */
  NO_REF(
      ErrorKind.RECIPE,
      "The repository `%s` has no tag and no branch `%s`.",
      "Look with `git ls-remote`, and name what it lists, or a whole commit."),
  /** Arguments: the path. */
  NO_FILE(
      ErrorKind.RECIPE,
      "There is nothing at `%s`.",
      "Name a path from `dir` on, or an absolute one."),
  /** Arguments: the file, the line, what is wrong. */
  YAML(
      ErrorKind.RECIPE,
      "`%s` cannot be read, at line %s: %s.",
      "Correct that line, or the one before it."),
  /** Arguments: the file, its size in bytes. */
  FILE_TOO_LARGE(
      ErrorKind.RECIPE,
      "`%s` has %s bytes, more than a file that Ansible reads.",
      "Move it to another folder, or name the paths to look at."),
  /** Arguments: the path, the folder. */
  OUTSIDE(
      ErrorKind.RECIPE,
      "`%s` is a link that leads out of `%s`.",
      "Put what it leads to into the folder, or name a `dir` that has both."),
  /** Arguments: what is wrong. */
  REQUIREMENT(
      ErrorKind.RECIPE,
      "The requirements cannot be met: %s.",
      "Correct the file of requirements, or what it names."),
  /** Arguments: the file. */
  LOCK_MISSING(
      ErrorKind.RECIPE,
      "There is no lock at `%s`.",
      "Install once without `locked`, which writes it, and keep it with the project."),
  /** Arguments: the file. */
  LOCK_UNREADABLE(
      ErrorKind.RECIPE,
      "The lock `%s` is none that this Hearth wrote.",
      "Restore it, or install once without `locked`, which writes it anew."),
  /** Arguments: the name, how it differs. */
  LOCK_DRIFT(
      ErrorKind.RECIPE,
      "`%s` %s, and nothing was installed.",
      "Look at what changed; install without `locked` to accept it."),
  /** Arguments: the name, the path. */
  INSTALLED_DIFFERS(
      ErrorKind.RECIPE,
      "`%s` is at `%s` already, with other content, and nothing was installed.",
      "Pass `{ force: true }` to replace it."),
  /** Arguments: the option, what is wrong. */
  OPTION(ErrorKind.RECIPE, "`%s` %s.", "Correct it; `ansible.d.ts` says what it takes."),
  /** Arguments: none. */
  VAULT(
      ErrorKind.RECIPE,
      "The vault does not open with this password, or is none.",
      "Check the password, and that the text begins with `$ANSIBLE_VAULT`."),
  /** Arguments: the program. */
  INTERRUPTED(
      ErrorKind.INTERRUPTED,
      "`%s` was interrupted.",
      "Run it again; what was done before stays done.");

  private final ErrorText text;

  AnsibleError(ErrorKind kind, String message, String hint) {
    text = ErrorText.of("ansible", name(), kind, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
