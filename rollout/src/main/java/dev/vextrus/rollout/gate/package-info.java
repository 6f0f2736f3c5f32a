/** Checks that a release must pass: before its first traffic, during a bake, and at a bake's end. */
@NullMarked
package dev.vextrus.rollout.gate;

import org.jspecify.annotations.NullMarked;
