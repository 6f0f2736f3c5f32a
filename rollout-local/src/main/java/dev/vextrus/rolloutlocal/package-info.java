/** Rollout target: processes of this machine behind the proxy. */
@NullMarked
package dev.vextrus.rolloutlocal;

import org.jspecify.annotations.NullMarked;
