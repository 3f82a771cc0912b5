package dev.hearth.runtime.run;

import dev.hearth.runtime.effect.Clock;
import dev.hearth.runtime.effect.Environment;
import dev.hearth.runtime.effect.Limits;
import dev.hearth.runtime.effect.Net;
import dev.hearth.runtime.effect.SourceFiles;
import dev.hearth.runtime.engine.OpLimits;
import dev.hearth.runtime.module.Bindings;
import dev.hearth.runtime.module.ModuleParser;
import dev.hearth.runtime.param.ParameterPrompt;
import dev.hearth.runtime.permission.GrantPrompt;
import dev.hearth.runtime.settings.Connections;
import dev.hearth.runtime.settings.Places;
import java.time.Duration;
import java.util.Optional;

/**
 * What all runs of one Hearth share.
 *
 * @param version of Hearth, for journals
 * @param grace how long {@code finally} blocks may take after a stop
 * @param grantPrompt asks for what was not granted; empty: it is refused
 * @param parameterPrompt asks for missing parameters; empty: they are errors
 */
public record Surroundings(
    String version,
    Bindings bindings,
    Places places,
    RunStore runs,
    Connections connections,
    ModuleParser parser,
    SourceFiles sources,
    Net net,
    Environment environment,
    Clock clock,
    Limits limits,
    OpLimits opLimits,
    RunLimits runLimits,
    Duration grace,
    Optional<GrantPrompt> grantPrompt,
    Optional<ParameterPrompt> parameterPrompt) {}
