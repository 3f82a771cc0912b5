package dev.hearth.runtime.effect;

/** Child processes, behind the gate. */
public interface Processes {}
