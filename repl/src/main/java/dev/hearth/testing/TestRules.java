package dev.hearth.testing;

import dev.hearth.runtime.Diagnostics;
import dev.hearth.runtime.effect.Environment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What holds for all files of tests that one command runs.
 *
 * @param home an empty folder, where their runs leave their journals
 * @param grants what tests and the recipes that they run may do, beside using simulators
 * @param filter only tests with this text in their name
 * @param timeout how long a test may take that says nothing else
 * @param diagnostics what is to be found out about each file
 */
public record TestRules(
    Path home,
    Environment environment,
    List<String> grants,
    Optional<String> filter,
    Duration timeout,
    Diagnostics diagnostics) {}
