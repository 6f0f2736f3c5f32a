/** Tests of the demo's traffic. */
@NullMarked
package dev.vextrus.cli.demo.traffic;

import org.jspecify.annotations.NullMarked;
