/** A light HTTP service, and traffic for it: what a rollout is shown with where ten real services would be too many. */
@NullMarked
package dev.vextrus.demoreleases.till;

import org.jspecify.annotations.NullMarked;
