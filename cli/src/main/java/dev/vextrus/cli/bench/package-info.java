/** Benchmarks and simulations, from one command. */
@NullMarked
package dev.vextrus.cli.bench;

import org.jspecify.annotations.NullMarked;
