package dev.hearth.stdlib.proxmox.sim.task;

/**
 * How a test makes a task fail.
 *
 * @param type the task type to wait for, such as {@code qmclone}; {@code *} for any
 * @param moment before or after its work
 * @param message the exit status it then ends with
 */
public record TaskFault(String type, Moment moment, String message) {
  /** When it fails. */
  public enum Moment {
    /** Nothing has been done. */
    BEFORE,
    /** All has been done, and the task says otherwise. */
    AFTER
  }

  boolean hits(String taskType) {
    return type.equals("*") || type.equals(taskType);
  }
}
