package dev.hearth.runtime.settings;

import dev.hearth.runtime.ErrorCode;
import dev.hearth.runtime.ErrorKind;
import dev.hearth.runtime.ErrorText;

/** Every way in which Hearth's places and settings can be wrong. */
public enum SettingsError implements ErrorCode {
  FOLDER_NOT_ABSOLUTE(
      "The variable `%s` is not an absolute path: `%s`.", "Set it to one that begins with `/`."),
  UNKNOWN("There is no setting `%s` (%s).", "Correct the name."),
  WRONG("The setting `%s` is wrong (%s): %s.", "Correct it there, or take it out there."),
  PROJECT_ALLOWS_MORE(
      "The project's settings (%s) want `%s` to be %s; you allow %s.",
      "If you trust the project, set `%2$s` to %3$s in your own `settings.json`."),
  NOT_FOR_PROJECTS(
      "The setting `%s` cannot be set by a project (%s).",
      "Take it out there; if you want it, set it in your own `settings.json`."),
  PROFILE_UNKNOWN(
      "There is no profile `%s`.",
      "Make it with `hearth config set --profile %1$s SETTING VALUE`, or choose another one."),
  PROFILE_NAME(
      "`%s` cannot be the name of a profile (%s).",
      "Use up to 60 letters, digits and `. _ -`, beginning with a letter or digit."),
  NOT_EMPTY(
      "There are settings here already (%s).",
      "Look at them with `hearth config list --origin`, and pass `--replace` if they may go."),
  NO_HOME(
      "The home folder is unknown: the variable `HOME` is not set.",
      "Set it, or `HEARTH_CONFIG_HOME`, `HEARTH_DATA_HOME`, `HEARTH_STATE_HOME` and"
          + " `HEARTH_CACHE_HOME`.");

  private final ErrorText text;

  SettingsError(String message, String hint) {
    this.text = ErrorText.of("settings", name(), ErrorKind.USAGE, message, hint);
  }

  @Override
  public ErrorText text() {
    return text;
  }
}
