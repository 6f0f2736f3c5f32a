/** Benchmarks and simulations that anybody can run again. */
@NullMarked
package dev.vextrus.benchmarks;

import org.jspecify.annotations.NullMarked;
