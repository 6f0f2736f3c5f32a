/** The release contract asked over HTTP, whatever way leads to an instance. */
@NullMarked
package dev.vextrus.rollout.overhttp;

import org.jspecify.annotations.NullMarked;
