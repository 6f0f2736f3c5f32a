/** The verdict: whether a canary is harmful, safe or not yet told apart from the stable release, by anytime-valid tests. */
@NullMarked
package dev.vextrus.rollout.analysis;

import org.jspecify.annotations.NullMarked;
