/** Faulty releases, made from outside the product: one switch in the environment, one fault each. */
@NullMarked
package dev.vextrus.demoreleases;

import org.jspecify.annotations.NullMarked;
