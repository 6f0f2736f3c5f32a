/** Faulty releases for the demo and the tests; nothing here ships. */
@NullMarked
package dev.vextrus.demoreleases;

import org.jspecify.annotations.NullMarked;
