package dev.hearth.runtime.engine;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.module.BuiltinModules;
import dev.hearth.runtime.module.ImportBounds;
import dev.hearth.runtime.timing.Timekeeper;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * How a realm is made.
 *
 * @param bounds which files may be imported
 * @param files reads a module's file
 * @param display names a file as the user did
 * @param principals who modules act as; empty where all act as the recipe
 * @param timekeeper is told what takes how long
 * @param inspector the door for a debugger, if there is to be one
 */
public record RealmSetup(
    ImportBounds bounds,
    ModuleSource files,
    Function<Path, String> display,
    BuiltinModules builtins,
    OpLimits limits,
    Clock clock,
    Optional<Principals> principals,
    Timekeeper timekeeper,
    Optional<Inspector> inspector) {}
