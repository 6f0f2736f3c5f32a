/** Rolling a release out on this machine: the commands, and the session that runs the engine. */
@NullMarked
package dev.vextrus.cli.rollout;

import org.jspecify.annotations.NullMarked;
