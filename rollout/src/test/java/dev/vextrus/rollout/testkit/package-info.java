/** A world on virtual time in which a rollout runs: target, traffic, releases and journal, all in memory. */
@NullMarked
package dev.vextrus.rollout.testkit;

import org.jspecify.annotations.NullMarked;
