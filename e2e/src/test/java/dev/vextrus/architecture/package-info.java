/** The rules of the house that a machine can check, over the classes of every module. */
@NullMarked
package dev.vextrus.architecture;

import org.jspecify.annotations.NullMarked;
