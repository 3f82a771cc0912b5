package dev.hearth.runtime.effect;

/** Files and folders, behind the gate. */
public interface Files {}
