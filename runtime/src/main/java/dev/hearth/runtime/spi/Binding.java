package dev.hearth.runtime.spi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hearth.runtime.effect.Effects;
import dev.hearth.runtime.permission.Permission;
import java.util.List;
import java.util.Optional;

/**
 * One {@code hearth:} module: a folder with its operations, its facade {@code NAME.js} and its
 * types {@code NAME.d.ts}, registered by one line in the service file of this interface.
 *
 * <p>All bindings are instantiated as soon as a recipe imports one of them, so the constructor does
 * nothing. Everything else loads when a recipe imports this one.
 */
public interface Binding {
  /** The module's name after {@code hearth:}, also the name of the intent it needs. */
  String name();

  /**
   * The operations of one connection: an object with {@link Op} methods, or {@link OpParts}. Called
   * on the loop thread when a recipe makes its first handle, so it must not touch the world.
   */
  default Object open(Connection connection, OpContext context) {
    throw new UnsupportedOperationException("`hearth:" + name() + "` has no operations.");
  }

  /**
   * The pure operations: an object with {@link Op} methods that are all {@code pure}. It is given
   * nothing of the run, so it can reach nothing; one object may serve many runs.
   */
  default Object pure() {
    throw new UnsupportedOperationException("`hearth:" + name() + "` has no pure operations.");
  }

  /**
   * Whether recipes need an intent ({@code permissions: { proxmox: 'write' }}) to use it. Modules
   * that reach no system ({@code log}, {@code time}, {@code assert}) need none.
   */
  default boolean needsIntent() {
    return true;
  }

  /**
   * What {@code hearth check} may say that a mention of this module in a recipe's text needs. The
   * intent itself is known without. In doubt it is {@link Foreseen#maybe}. Default: nothing, or
   * anything for a module that needs an intent.
   */
  default Foreseen foresee(Mention mention) {
    return needsIntent() ? Foreseen.anything() : Foreseen.nothing();
  }

  /**
   * Further types for editors, made from what earlier runs learned of a system: a file that adds to
   * this module's own types. Empty where nothing is known.
   *
   * @param cache what this binding kept
   */
  default Optional<String> keptTypes(Cache cache) {
    return Optional.empty();
  }

  /**
   * What a connection of this binding consists of, in the order in which a person is asked. Which
   * fields go together (a token, or a user and a password) is for {@link #reach} to check.
   */
  default List<ConnectionField> connectionFields() {
    return List.of();
  }

  /**
   * The connection that the user's own configuration of the system has under a name that is none of
   * Hearth's: an alias of an ssh_config. Asked where no stored connection has that name.
   *
   * @param user reads files and variables of the user, as the system's own programs would
   */
  default Optional<Connection> configured(String name, Effects user) {
    return Optional.empty();
  }

  /**
   * The connection that the user's own configuration of the system makes the default: {@code
   * DOCKER_HOST}, the current context of a kubeconfig. Asked where a recipe names none and Hearth
   * has no default connection of this binding.
   *
   * @param user reads files and variables of the user, as the system's own programs would
   */
  default Optional<Connection> configured(Effects user) {
    return Optional.empty();
  }

  /**
   * The connection with what the user's own configuration of the system adds to it. Asked once,
   * before {@link #reach} and {@link #open}.
   *
   * @param user reads files and variables of the user, as the system's own programs would
   */
  default Connection completed(Connection connection, Effects user) {
    return connection;
  }

  /**
   * The file in Hearth's config folder in which users write down more for this binding, such as
   * {@code images.json}: JSON, and for people to edit. No recipe can read or write it.
   */
  default Optional<String> userFile() {
    return Optional.empty();
  }

  /**
   * The connection with what the user wrote into {@link #userFile}. Asked where there is such a
   * file, before {@link #reach} and {@link #open}, of simulated systems too.
   */
  default Connection completed(Connection connection, UserFile file) {
    return connection;
  }

  /**
   * The part of {@link #reach} that is open to a connection that the recipe spelled out, too: what
   * the user's own configuration named and no recipe could choose, such as the file of known hosts.
   */
  default List<Permission> reachOfUser(Connection connection) {
    return List.of();
  }

  /**
   * The effects that a connection's configuration names: what a granted intent opens at the gate,
   * for this binding only. Throws a {@link dev.hearth.runtime.HearthException} when the
   * configuration makes no sense; the detail {@code field} names the field that is to blame, if it
   * is one.
   */
  default List<Permission> reach(Connection connection) {
    return List.of();
  }

  /**
   * Tries a connection with harmless reads, for {@code hearth connect test}; empty when the binding
   * has no way to. Blocks; fails with a {@link dev.hearth.runtime.HearthException} when the system
   * cannot be reached or does not accept the credentials; the detail {@code field} then names the
   * field that is to blame.
   *
   * @param context its effects reach what {@link #reach} names
   */
  default Optional<ConnectionTest> test(Connection connection, OpContext context) {
    return Optional.empty();
  }

  /**
   * The system at the other end of a connection as a world of its {@link #simulator}, in the form
   * of {@link Simulator#save}, for {@code hearth sim --from}; empty when the binding has no way to.
   * Blocks. The system is only read, and secrets are neither asked for nor kept; what it refuses to
   * tell is left out, and the log is told of it, a line each.
   *
   * @param context its effects reach what {@link #reach} names
   */
  default Optional<JsonNode> copy(Connection connection, OpContext context) {
    return Optional.empty();
  }

  /** The stand-in that {@code --simulate} and {@code hearth sim NAME} start. */
  default Optional<SimulatorFactory> simulator() {
    return Optional.empty();
  }

  /**
   * The same, of a world in which there is also what the user wrote down. A mistake in that is for
   * {@link #completed} to tell: here it is left out.
   */
  default Optional<SimulatorFactory> simulator(UserFile file) {
    return simulator();
  }
}
