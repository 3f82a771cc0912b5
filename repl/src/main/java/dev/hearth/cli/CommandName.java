package dev.hearth.cli;

import dev.hearth.runtime.TakeUp;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every command that Hearth has itself, in the order in which help lists them. Naming a command
 * loads none of it, so that {@code hearth --help} costs nothing.
 */
enum CommandName implements NamedCommand {
  RUN("run", "Run a recipe."),
  CHECK("check", "Find what is wrong with recipes, without running them."),
  TEST("test", "Run tests of recipes."),
  EVAL("eval", "Evaluate JavaScript and print its value."),
  REPL("repl", "Type JavaScript and see what it does."),
  RESUME("resume", "Go on with a run that stopped half-way."),
  UNDO("undo", "Take back what a run did."),
  RUNS_LIST("runs list", "List the latest runs."),
  RUNS_SHOW("runs show", "Show a run: its steps, its log, how it ended."),
  RUNS_LOGS("runs logs", "Print what a run logs, also while it goes on."),
  RUNS_PRUNE("runs prune", "Remove old runs; never one that can still be resumed."),
  PERMISSIONS_LIST("permissions list", "List the recipes that you allowed something for good."),
  PERMISSIONS_SHOW("permissions show", "Show what a recipe may do without asking, and since when."),
  PERMISSIONS_REVOKE("permissions revoke", "Have a recipe, or all of them, ask anew."),
  PERMISSIONS_AUDIT("permissions audit", "Show what a run used of what it may, and was refused."),
  CONNECT_ADD("connect add", "Store how to reach a system, after trying it."),
  CONNECT_LIST("connect list", "List the connections."),
  CONNECT_SHOW("connect show", "Show what is stored of a connection, without its secrets."),
  CONNECT_TEST("connect test", "Try a connection: who answers, and what it may do."),
  CONNECT_DEFAULT("connect default", "Choose the connection of recipes that name none."),
  CONNECT_REMOVE("connect remove", "Forget a connection and its secrets."),
  SECRETS_SET("secrets set", "Store a secret, encrypted."),
  SECRETS_GET("secrets get", "Print a secret into a pipe."),
  SECRETS_LIST("secrets list", "List the names of the secrets."),
  SECRETS_EDIT("secrets edit", "Change a secret in your editor."),
  SECRETS_REMOVE("secrets remove", "Forget a secret."),
  CONFIG_LIST("config list", "List all settings, and with --origin where each is from."),
  CONFIG_GET("config get", "Print the value of a setting that counts here."),
  CONFIG_SET("config set", "Set something for you, or for a profile."),
  CONFIG_UNSET("config unset", "Take out what was set."),
  CONFIG_EDIT("config edit", "Edit your settings in your editor."),
  CONFIG_VALIDATE("config validate", "Find what is wrong with settings and connections."),
  CONFIG_EXPORT("config export", "Print settings and connections, without secrets."),
  CONFIG_IMPORT("config import", "Take over what was exported."),
  CONFIG_PATH("config path", "Print where your settings are."),
  SIM("sim", "Serve a simulated system over its real wire protocol."),
  PROXMOX_ROLE("proxmox role", "Print how to allow somebody what a recipe needs, and no more."),
  INVENTORY("inventory", "Print the inventory that a recipe returns, for Ansible."),
  STANDBY_START("standby start", "Start the process that makes the next start short."),
  STANDBY_STOP("standby stop", "End that process."),
  STANDBY_STATUS("standby status", "Show whether it is there."),
  TYPES("types", "Write the types of recipes and modules, for editors."),
  COMPLETION("completion", "Print the completion script for a shell."),
  VERSION("version", "Print the version of Hearth and of what it runs on.");

  private final String words;
  private final String summary;

  CommandName(String words, String summary) {
    this.words = words;
    this.summary = summary;
  }

  @Override
  public String words() {
    return words;
  }

  @Override
  public String summary() {
    return summary;
  }

  @Override
  public Command create() {
    return switch (this) {
      case RUN -> new RunCommand();
      case CHECK -> new CheckCommand();
      case TEST -> new TestCommand();
      case EVAL -> new EvalCommand();
      case REPL -> new ReplCommand();
      case RESUME -> new TakeUpCommand(TakeUp.RESUME);
      case UNDO -> new TakeUpCommand(TakeUp.UNDO);
      case RUNS_LIST -> new RunsListCommand();
      case RUNS_SHOW -> new RunsShowCommand();
      case RUNS_LOGS -> new RunsLogsCommand();
      case RUNS_PRUNE -> new RunsPruneCommand();
      case PERMISSIONS_LIST -> new PermissionsListCommand();
      case PERMISSIONS_SHOW -> new PermissionsShowCommand();
      case PERMISSIONS_REVOKE -> new PermissionsRevokeCommand();
      case PERMISSIONS_AUDIT -> new PermissionsAuditCommand();
      case CONNECT_ADD -> new ConnectAddCommand();
      case CONNECT_LIST -> new ConnectListCommand();
      case CONNECT_SHOW -> new ConnectShowCommand();
      case CONNECT_TEST -> new ConnectTestCommand();
      case CONNECT_DEFAULT -> new ConnectDefaultCommand();
      case CONNECT_REMOVE -> new ConnectRemoveCommand();
      case SECRETS_SET -> new SecretsSetCommand();
      case SECRETS_GET -> new SecretsGetCommand();
      case SECRETS_LIST -> new SecretsListCommand();
      case SECRETS_EDIT -> new SecretsEditCommand();
      case SECRETS_REMOVE -> new SecretsRemoveCommand();
      case CONFIG_LIST -> new ConfigListCommand();
      case CONFIG_GET -> new ConfigGetCommand();
      case CONFIG_SET -> new ConfigSetCommand();
      case CONFIG_UNSET -> new ConfigUnsetCommand();
      case CONFIG_EDIT -> new ConfigEditCommand();
      case CONFIG_VALIDATE -> new ConfigValidateCommand();
      case CONFIG_EXPORT -> new ConfigExportCommand();
      case CONFIG_IMPORT -> new ConfigImportCommand();
      case CONFIG_PATH -> new ConfigPathCommand();
      case SIM -> new SimCommand();
      case PROXMOX_ROLE -> new RoleCommand(this, "proxmox");
      case INVENTORY -> new InventoryCommand();
      case STANDBY_START -> new StandbyCommand(StandbyCommand.Wish.START);
      case STANDBY_STOP -> new StandbyCommand(StandbyCommand.Wish.STOP);
      case STANDBY_STATUS -> new StandbyCommand(StandbyCommand.Wish.STATUS);
      case TYPES -> new TypesCommand();
      case COMPLETION -> new CompletionCommand();
      case VERSION -> new VersionCommand();
    };
  }

  /** The command of one of these names. */
  static Optional<CommandName> at(String one, String two) {
    return Arrays.stream(values())
        .filter(name -> name.words.equals(one) || name.words.equals(two))
        .findFirst();
  }
}
