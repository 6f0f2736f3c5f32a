/** Which tenants meet the canary at which weight. */
@NullMarked
package dev.vextrus.rollout.cohort;

import org.jspecify.annotations.NullMarked;
