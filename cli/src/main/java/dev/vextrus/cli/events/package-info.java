/** Questions about the log of events. */
@NullMarked
package dev.vextrus.cli.events;

import org.jspecify.annotations.NullMarked;
