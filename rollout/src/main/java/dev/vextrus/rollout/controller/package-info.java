/** Carries decisions out: observes, steps, journals, acts, and goes on where a killed controller stopped. */
@NullMarked
package dev.vextrus.rollout.controller;

import org.jspecify.annotations.NullMarked;
