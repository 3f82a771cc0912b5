package dev.hearth.runtime.engine;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.module.BuiltinModules;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a realm is made.
 *
 * @param root the folder whose files may be imported, as a real path
 * @param mayLeaveRoot whether a real path outside of the root was granted
 * @param files reads a module's file
 * @param display names a file as the user did
 */
public record RealmSetup(
    Path root,
    Predicate<Path> mayLeaveRoot,
    ModuleSource files,
    Function<Path, String> display,
    BuiltinModules builtins,
    OpLimits limits,
    Clock clock) {}
