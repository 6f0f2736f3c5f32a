/** What every part of the write side speaks: commands, events, outcomes, refusals and the bus that carries a command to its decision. */
@NullMarked
package dev.vextrus.finance.command;

import org.jspecify.annotations.NullMarked;
