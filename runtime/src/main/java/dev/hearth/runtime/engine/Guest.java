package dev.hearth.runtime.engine;

import org.graalvm.polyglot.Value;

/**
 * The functions that bootstrap.js returned, taken out once. All of them are called on the loop
 * thread.
 */
record Guest(
    Value settleJson,
    Value settleVoid,
    Value settleBytes,
    Value settleText,
    Value settleStream,
    Value settleSecret,
    Value settleSecrets,
    Value settleError,
    Value parse,
    Value bytesOf,
    Value settleReason,
    Value errorFrom,
    Value reportOf,
    Value traceOf,
    Value inspect,
    Value toJson,
    Value abortRun,
    Value rejectSleeps,
    Value giveUpStep,
    Value undoStep,
    Value follow,
    Value startRecipe,
    Value defaultExport,
    Value isUndefined,
    Value importModule) {

  static Guest of(Value functions, Value importModule) {
    return new Guest(
        functions.getMember("settleJson"),
        functions.getMember("settleVoid"),
        functions.getMember("settleBytes"),
        functions.getMember("settleText"),
        functions.getMember("settleStream"),
        functions.getMember("settleSecret"),
        functions.getMember("settleSecrets"),
        functions.getMember("settleError"),
        functions.getMember("parse"),
        functions.getMember("bytesOf"),
        functions.getMember("settleReason"),
        functions.getMember("errorFrom"),
        functions.getMember("reportOf"),
        functions.getMember("traceOf"),
        functions.getMember("inspect"),
        functions.getMember("toJson"),
        functions.getMember("abortRun"),
        functions.getMember("rejectSleeps"),
        functions.getMember("giveUpStep"),
        functions.getMember("undoStep"),
        functions.getMember("follow"),
        functions.getMember("startRecipe"),
        functions.getMember("defaultExport"),
        functions.getMember("isUndefined"),
        importModule);
  }
}
