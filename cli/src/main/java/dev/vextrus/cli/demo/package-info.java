/** A real release of the finance service, from 10 to 100 % or back, on one machine. */
@NullMarked
package dev.vextrus.cli.demo;

import org.jspecify.annotations.NullMarked;
