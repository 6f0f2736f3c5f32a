/** Broken books are found, whole ones are not accused. */
@NullMarked
package dev.vextrus.finance.integrity;

import org.jspecify.annotations.NullMarked;
