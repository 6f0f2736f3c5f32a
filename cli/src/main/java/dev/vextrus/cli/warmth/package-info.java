/** What a JVM learned in a training run, kept so that the next one starts warm. */
@NullMarked
package dev.vextrus.cli.warmth;

import org.jspecify.annotations.NullMarked;
